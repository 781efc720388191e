package vn.kydai.wall;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import vn.kydai.config.Settings;
import vn.kydai.event.Fold;
import vn.kydai.journal.Journal;

/**
 * What the wall is built from.
 *
 * @param build names the build on the wall; a page that sees it change loads itself again
 * @param folds gives a fresh, empty fold for each look at the past
 * @param isArea tells whether the configuration knows an area, whether or not it is in the tree today
 */
public record WallParts(
        Settings.Wall settings,
        String build,
        Journal journal,
        Supplier<Fold> folds,
        Predicate<String> isArea,
        InstantSource clock,
        MeterRegistry meters) {}
