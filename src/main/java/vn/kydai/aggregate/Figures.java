package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.alarm.Alarms;
import vn.kydai.aggregate.alarm.Orders;
import vn.kydai.aggregate.alarm.Places;
import vn.kydai.aggregate.alarm.Terms;
import vn.kydai.config.Settings;
import vn.kydai.event.Alarm;
import vn.kydai.event.AlarmTerms;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.DossierState;
import vn.kydai.event.Event;
import vn.kydai.event.Excess;
import vn.kydai.event.Fold;
import vn.kydai.event.FoldBound;
import vn.kydai.event.Indicator;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.RollupFigure;
import vn.kydai.event.SetAside;
import vn.kydai.event.Ticket;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Registry;

/** The folds together: takes every event of the journal once and makes pictures of it. */
public final class Figures implements Fold, Serializable {
    private static final String MAIN_PIECE = "folds";

    /** What takes longer on its way has waited for something. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final RollupDeltas rollups;
    private final Horizon horizon = new Horizon();
    private final Excesses excesses = new Excesses();
    private final Quota quota;
    private final Listening listening = new Listening();
    private final AreaCountersById areas = new AreaCountersById(horizon);
    private final Desks desks = new Desks(horizon);
    private final Dossiers dossiers;
    private final Tickets tickets;
    private final Sensors sensors;
    private final Presence presence = new Presence(areas, listening);
    private final Indicators indicators = new Indicators();
    private final Ticker ticker = new Ticker();
    private final Alarms alarms = new Alarms();
    private final Orders orders = new Orders();

    /** The parts of the configuration as they came; sources, which come piecemeal, as they are when it is saved. */
    private final EnumMap<Part, String> configuration = new EnumMap<>(Part.class);

    private long position;
    private @Nullable Instant lastIngest;

    /** Positions that were left out, as they are when it is saved. */
    private long[] missing = {};

    private transient Words words = new Words();
    private transient Tree tree = new Tree(areas);
    private transient Moments moments = new Moments();
    private transient AreaSeverities severities = new AreaSeverities();
    private transient Registry registry = Registry.NONE;
    private transient Map<String, AlarmTerms> terms = Map.of();
    private transient SortedMap<Long, SetAside> setAside = Collections.emptySortedMap();

    /** Folds for pictures alone, with the bounds there are without a configuration. */
    public Figures() {
        this(Settings.DEFAULTS.aggregate());
    }

    /** Folds for pictures alone. */
    public Figures(Settings.Aggregate settings) {
        this(settings, RollupDeltas.none());
    }

    private Figures(Settings.Aggregate settings, RollupDeltas rollups) {
        this.rollups = rollups;
        this.quota = new Quota(settings.eventsPerSourceDay());
        this.dossiers = new Dossiers(areas, desks, rollups, excesses);
        this.tickets = new Tickets(areas, horizon, rollups, excesses);
        this.sensors = new Sensors(rollups, listening);
    }

    /**
     * Folds for pictures and rollups.
     *
     * @param settings say how late an event may come: what comes later changes no rollup, dossiers apart
     */
    public static Figures keepingRollups(Settings.Aggregate settings) {
        return new Figures(settings, RollupDeltas.within(settings.latenessDays()));
    }

    /** Goes on from a saved state: all its pieces by name, as {@link #drainState} gave them over time. */
    public static Figures restored(Map<String, byte[]> pieces) {
        byte[] main = requireNonNull(pieces.get(MAIN_PIECE), "the state has no piece " + MAIN_PIECE);
        Figures figures = (Figures) SavedState.read(main);
        pieces.forEach((name, piece) -> {
            boolean isTaken = name.equals(MAIN_PIECE)
                    || figures.dossiers.restore(name, piece)
                    || figures.tickets.restore(name, piece);
            if (!isTaken) {
                throw new IllegalStateException("the state has a piece " + name);
            }
        });
        return figures;
    }

    @Override
    public void apply(Journaled read) {
        Journaled journaled = words.share(read);
        position = Math.max(position, journaled.position());
        Instant known = lastIngest;
        lastIngest = known == null || journaled.ingestTime().isAfter(known) ? journaled.ingestTime() : known;
        boolean isLate = rollups.begin(journaled);
        Data data = journaled.event().data();
        if (data instanceof Configuration changed) {
            configure(changed, journaled.ingestTime());
            return;
        }
        // Our own word makes no area look fresher than its sources are.
        if (data instanceof Alarm alarm) {
            heed(journaled, alarm);
            return;
        }
        if (isLate) {
            excesses.add(FoldBound.LATENESS, journaled);
        }
        if (horizon.moveTo(Micros.day(journaled.event().eventTime()))) {
            areas.prune();
            tickets.prune();
            desks.prune();
        }
        presence.heard(journaled.event());
        AreaCounters area = areas.get(journaled.event().area());
        area.touch(journaled.ingestTime());
        boolean isCounted = data instanceof Dossier || data instanceof Ticket || data instanceof Rating;
        if (isCounted
                && journaled.event().eventTime().isBefore(journaled.ingestTime().minus(LATE))) {
            area.late(journaled.ingestTime());
        }
        FoldBound exceeded = quota.exceeded(journaled);
        if (exceeded == null) {
            count(journaled, data);
        } else {
            excesses.add(exceeded, journaled);
        }
    }

    @Override
    public void leaveOut(SortedMap<Long, SetAside> leftOut) {
        setAside = leftOut;
    }

    /** Tells whether a saved state left out just these, up to the position it is of. */
    public boolean hasLeftOut(Set<Long> positions, long upTo) {
        return Arrays.equals(
                Arrays.stream(missing).filter(each -> each <= upTo).toArray(),
                positions.stream()
                        .mapToLong(each -> each)
                        .filter(each -> each <= upTo)
                        .toArray());
    }

    @Override
    public Picture picture(Instant now) {
        Moment moment = moments.at(now, registry.calendar());
        SortedMap<String, Picture.Sensor> shown = sensors.shown(now);
        presence.write(moment, shown);
        Places places = Places.at(registry, now, terms);
        SortedMap<String, Picture.Alarm> raised = alarms.shown(places);
        SortedMap<String, Picture.Area> marked =
                severities.marked(tree.shown(moment, registry.areas(), registry.thresholds(), indicators), raised);
        return new Picture(
                position,
                now,
                marked,
                shown,
                ticker.shown(),
                raised,
                alarms.floods(places, marked, raised),
                orders.shown(places),
                desks.shown(moment.phase()),
                lastIngest,
                setAside.headMap(position + 1),
                null);
    }

    /** Returns how many status changes of dossiers the law does not foresee; they were applied all the same. */
    public long unexpectedTransitions() {
        return dossiers.unexpected();
    }

    /** Returns how every dossier stands, in no order; the same list as long as none changes. */
    public List<DossierState> dossierStates() {
        return dossiers.standings();
    }

    /** Returns how many dossiers have a source that states another due date than the law gives. */
    public long dueMismatches() {
        return dossiers.mismatched();
    }

    /** Returns how many steps of dossiers were left out, since their sources have no say in what they tell of. */
    public long leftOutSteps() {
        return dossiers.leftOut();
    }

    /** Returns how many dossiers are known. */
    public long dossiers() {
        return dossiers.size();
    }

    /** Returns how many events went beyond a bound of the folds. */
    public long excess(FoldBound bound) {
        return excesses.get(bound);
    }

    /** Returns what went beyond the bounds of the folds, by source. */
    public List<Excess> excesses() {
        return excesses.shown();
    }

    /** Returns how many buckets have gained something that has not been handed over. */
    public int pendingRollups() {
        return rollups.pending();
    }

    /** Returns how many events came later than rollups allow. */
    public long lateEvents() {
        return rollups.late();
    }

    /** Says which events will come at the end, so that no bucket need be kept that they would make drop again. */
    public void expect(List<Journaled> last) {
        last.stream()
                .map(Journaled::event)
                .filter(event -> RollupDeltas.isCounted(event.data()))
                .forEach(event -> rollups.expect(event.eventTime()));
    }

    /** Hands over what the rollups gain since this was last called. */
    public Rollups drainRollups() {
        return rollups.drain();
    }

    /** Hands over the pieces of the state that changed since this was last called, by name; empty bytes: it is gone. */
    public SortedMap<String, byte[]> drainState() {
        SortedMap<String, byte[]> pieces = new TreeMap<>();
        dossiers.drain(pieces);
        tickets.drain(pieces);
        configuration.put(Part.SOURCES, Json.text(registry.sources().toJson()));
        missing = setAside.keySet().stream().mapToLong(each -> each).toArray();
        pieces.put(MAIN_PIECE, SavedState.write(this));
        return pieces;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        words = new Words();
        tree = new Tree(areas);
        moments = new Moments();
        severities = new AreaSeverities();
        registry = Registry.NONE;
        setAside = Collections.emptySortedMap();
        configuration.forEach((part, content) -> registry = registry.with(new Configuration(part, "", content)));
        terms = Terms.of(configuration.getOrDefault(Part.RULES, ""));
        dossiers.resume(registry);
        sensors.setRegistry(registry);
        presence.setRegistry(registry);
    }

    private void count(Journaled journaled, Data data) {
        switch (data) {
            case Dossier dossier -> {
                dossiers.apply(journaled, dossier);
                ticker.apply(journaled, dossier);
            }
            case Ticket ticket -> {
                tickets.apply(journaled, ticket);
                desks.apply(journaled.event(), ticket);
                ticker.apply(journaled, ticket);
            }
            case Rating rating -> {
                Event event = journaled.event();
                AreaCounters area = areas.get(event.area());
                if (!area.countRating(event.source(), rating, Micros.of(event.eventTime()))) {
                    excesses.add(FoldBound.RATING_COUNTERS, journaled);
                }
                area.touch(Tally.Family.RATINGS, journaled.ingestTime());
                roll(journaled.event(), rating);
                ticker.apply(journaled, rating);
            }
            case Reading reading -> {
                Sensors.Crossing crossing = sensors.apply(journaled.event(), reading);
                if (crossing != null) {
                    ticker.apply(journaled, reading, crossing);
                }
                orders.answered(journaled, reading, registry);
            }
            case Indicator indicator -> {
                if (!indicators.apply(journaled.event(), indicator)) {
                    excesses.add(FoldBound.INDICATORS, journaled);
                }
            }
            case Configuration changed -> configure(changed, journaled.ingestTime());
            case Alarm alarm -> heed(journaled, alarm);
        }
    }

    private void heed(Journaled journaled, Alarm alarm) {
        if (alarm.rule().equals(Alarm.SIREN)) {
            orders.apply(journaled, alarm);
        } else {
            alarms.apply(journaled, alarm);
        }
    }

    /** Who could not send meanwhile sends now: as after a late event, what is counted is not yet as it was. */
    private void hear(Configuration changed, Instant ingestTime) {
        Long unheard = listening.apply(changed.content());
        sensors.reread();
        if (unheard != null && unheard > LATE.toNanos() / 1_000) {
            areas.late(ingestTime);
        }
    }

    private void roll(Event event, Rating rating) {
        long micros = Micros.of(event.eventTime());
        rollups.count(RollupFigure.RATINGS, event.area(), micros, 1);
        if (rating.level() != Rating.Level.DISSATISFIED) {
            rollups.count(RollupFigure.SATISFIED, event.area(), micros, 1);
        }
    }

    private void configure(Configuration changed, Instant ingestTime) {
        if (changed.what().isAboutJournal()) {
            return;
        }
        if (changed.what() == Part.LISTENING) {
            hear(changed, ingestTime);
            return;
        }
        registry = registry.with(changed);
        configuration.put(changed.what(), changed.content());
        sensors.setRegistry(registry);
        presence.setRegistry(registry);
        switch (changed.what()) {
            case CALENDAR, PROCEDURES -> dossiers.setRules(registry);
            case AREAS -> dossiers.setAreas(registry);
            case RULES -> terms = Terms.of(changed.content());
            case SOURCES, THRESHOLDS, ROSTER, LISTENING, SET_ASIDE, READMIT -> {}
        }
    }
}
