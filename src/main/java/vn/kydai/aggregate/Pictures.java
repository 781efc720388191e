package vn.kydai.aggregate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.kydai.event.CatchingUp;
import vn.kydai.event.Picture;
import vn.kydai.meter.Meters;

/**
 * Makes the pictures of the folds. One that cannot be made is told of and tried again at the next tick: the walls keep the
 * last one. On the folds' context.
 */
final class Pictures {
    private static final Logger LOGGER = LoggerFactory.getLogger(Pictures.class);

    /** On the way to the present folding comes first. */
    private static final long ON_THE_WAY_MS = 1_000;

    private final Counter failed;
    private final Timer time;
    private @Nullable Picture lastCurrent;
    private Instant onTheWayAt = Instant.EPOCH;
    private volatile boolean areBroken;

    Pictures(Meters meters) {
        failed = meters.counter("unmade", "pictures", "pictures that could not be made and are tried again");
        time = meters.timer("picture", "making one picture");
    }

    /** Tells whether the last one could not be made; any thread may ask. */
    boolean areBroken() {
        return areBroken;
    }

    /** Shows all there is. */
    Optional<Picture> current(Figures figures, Instant now) {
        Optional<Picture> picture = made(figures, now);
        picture.ifPresent(shown -> lastCurrent = shown);
        return picture;
    }

    /**
     * Shows the last picture of a present, or else what is folded so far, until the present is reached: at most once a
     * second.
     *
     * @param figures absent while they are not whole
     */
    Optional<Picture> onTheWay(@Nullable Figures figures, Instant now, CatchingUp progress) {
        if (now.isBefore(onTheWayAt.plusMillis(ON_THE_WAY_MS)) && !now.isBefore(onTheWayAt)) {
            return Optional.empty();
        }
        onTheWayAt = now;
        Optional<Picture> shown = Optional.ofNullable(lastCurrent);
        if (shown.isEmpty() && figures != null) {
            // Without areas it would say of every one that it is not known.
            shown = made(figures, now).filter(picture -> !picture.areas().isEmpty());
        }
        return shown.map(picture -> of(picture, progress));
    }

    private static Picture of(Picture picture, CatchingUp progress) {
        return new Picture(
                picture.position(),
                picture.at(),
                picture.areas(),
                picture.sensors(),
                picture.ticker(),
                picture.alarms(),
                picture.floods(),
                picture.orders(),
                picture.desks(),
                picture.lastIngest(),
                picture.setAside(),
                progress);
    }

    private Optional<Picture> made(Figures figures, Instant now) {
        try {
            Picture picture = time.record(() -> figures.picture(now));
            areBroken = false;
            return Optional.ofNullable(picture);
        } catch (RuntimeException | StackOverflowError e) {
            areBroken = true;
            failed.increment();
            LOGGER.atError().setCause(e).log("a picture could not be made");
            return Optional.empty();
        }
    }
}
