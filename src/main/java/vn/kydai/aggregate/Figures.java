package vn.kydai.aggregate;

import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Fold;
import vn.kydai.event.Indicator;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;
import vn.kydai.registry.Registry;

/** The folds together: takes every event of the journal once and makes pictures of it. */
public final class Figures implements Fold {
    private final Words words = new Words();
    private final Horizon horizon = new Horizon();
    private final AreaCountersById areas = new AreaCountersById(horizon);
    private final Dossiers dossiers = new Dossiers(areas);
    private final Tickets tickets = new Tickets(areas, horizon);
    private final Sensors sensors = new Sensors();
    private final Presence presence = new Presence(areas);
    private final Indicators indicators = new Indicators();
    private final Ticker ticker = new Ticker();
    private final Tree tree = new Tree(areas);
    private final Moments moments = new Moments();

    private Registry registry = Registry.NONE;
    private long position;
    private @Nullable Instant lastIngest;

    @Override
    public void apply(Journaled read) {
        Journaled journaled = words.share(read);
        position = Math.max(position, journaled.position());
        Instant known = lastIngest;
        lastIngest = known == null || journaled.ingestTime().isAfter(known) ? journaled.ingestTime() : known;
        Data data = journaled.event().data();
        if (data instanceof Configuration configuration) {
            configure(configuration);
            return;
        }
        if (horizon.moveTo(Micros.day(journaled.event().eventTime()))) {
            areas.prune();
            tickets.prune();
        }
        presence.heard(journaled.event());
        areas.get(journaled.event().area()).touch(journaled.ingestTime());
        count(journaled, data);
    }

    @Override
    public Picture picture(Instant now) {
        Moment moment = moments.at(now, registry.calendar());
        SortedMap<String, Picture.Sensor> shown = sensors.shown(now);
        presence.write(moment, shown);
        return new Picture(
                position,
                now,
                tree.shown(moment, registry.areas(), registry.thresholds(), indicators),
                shown,
                ticker.shown(),
                lastIngest);
    }

    /** Returns how many status changes of dossiers the law does not foresee; they were applied all the same. */
    public long unexpectedTransitions() {
        return dossiers.unexpected();
    }

    /** Returns how many dossiers are known. */
    public long dossiers() {
        return dossiers.size();
    }

    /** Returns how many steps were let go because one dossier had more than it may keep. */
    public long droppedSteps() {
        return dossiers.dropped();
    }

    private void count(Journaled journaled, Data data) {
        switch (data) {
            case Dossier dossier -> {
                dossiers.apply(journaled, dossier);
                ticker.apply(journaled, dossier);
            }
            case Ticket ticket -> {
                tickets.apply(journaled, ticket);
                ticker.apply(journaled, ticket);
            }
            case Rating rating -> {
                int day = Micros.day(journaled.event().eventTime());
                AreaCounters area = areas.get(journaled.event().area());
                area.countRating(day, rating.level() != Rating.Level.DISSATISFIED);
                area.touch(Tally.Family.RATINGS, journaled.ingestTime());
                ticker.apply(journaled, rating);
            }
            case Reading reading -> {
                Sensors.Crossing crossing = sensors.apply(journaled.event(), reading);
                if (crossing != null) {
                    ticker.apply(journaled, reading, crossing);
                }
            }
            case Indicator indicator -> indicators.apply(journaled.event(), indicator);
            case Configuration configuration -> configure(configuration);
        }
    }

    private void configure(Configuration configuration) {
        registry = registry.with(configuration);
        sensors.setRegistry(registry);
        presence.setSources(registry.sources());
        if (configuration.what() == Part.CALENDAR || configuration.what() == Part.PROCEDURES) {
            dossiers.setRules(registry);
        }
    }
}
