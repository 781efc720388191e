package vn.kydai.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Event;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.Sources.SourceKind;
import vn.kydai.registry.WorkingCalendar;

/**
 * Everything the demo's district sends. Pure: what is sent on a date follows from the seed and the registry alone, so a
 * demo that is started again goes on with the same events under the same ids.
 */
public final class District {
    private static final String OFFICE_PREFIX = "office-";
    /** The one that the wall shows as silent. */
    private static final String SILENT = "sal-quang-cong";

    /** What is usual takes at least three days of the same weekday. */
    private static final int PAST_DAYS = 28;

    private static final Duration SENSOR_HISTORY = Duration.ofHours(12);
    /** Long enough to hold the last reading of the sensor that is silent for most of the day. */
    private static final Duration SILENT_HISTORY = Duration.ofHours(24);
    /** What was sent shortly before a stop may not have arrived. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final double REPEATED_SHARE = 0.01;
    private static final double OUTAGE_SHARE = 0.05;
    private static final int LONGEST_DELAY_MS = 2_000;

    private final long seed;
    private final List<Commune> communes;
    private final List<Source> sensors;
    private final Optional<Source> office;
    private final OfficeHours hours;
    private final DossierModel dossiers;
    private final QueueModel queue;
    private final SensorModel sensorModel;

    /** Creates the district of a registry's sources. */
    public District(long seed, Registry registry) {
        this(seed, registry, Script.NONE);
    }

    /** Creates the district of a scenario's registry, as it was in that scenario. */
    public District(long seed, Registry registry, Scenario scenario) {
        this(seed, registry, scenario.script(registry.sources()));
    }

    private District(long seed, Registry registry, Script script) {
        this.seed = seed;
        this.communes = Commune.all(registry.sources());
        this.sensors = registry.sources().all().stream()
                .filter(source -> source.kind() == SourceKind.SENSOR && !source.isRevoked() && !source.isSiren())
                .sorted(Comparator.comparing(Source::id))
                .toList();
        this.office = registry.sources().all().stream()
                .filter(source -> source.id().startsWith(OFFICE_PREFIX) && !source.isRevoked())
                .min(Comparator.comparing(Source::id));
        this.hours = new OfficeHours(registry.calendar());
        this.dossiers = new DossierModel(seed, hours, new ProcedureMix(registry.procedures()));
        this.queue = new QueueModel(seed, hours);
        this.sensorModel = new SensorModel(seed, script);
    }

    /** Returns what happens on a date, in order of sending; some of it is sent after midnight. */
    List<Emission> day(LocalDate date) {
        Stream<Emission> desks = communes.stream().flatMap(commune -> deskDay(commune, date));
        Stream<Emission> readings = sensors.stream().flatMap(sensor -> sensorDay(sensor, date));
        return Stream.concat(desks, readings).sorted(Emission.ORDER).toList();
    }

    /** Returns the slow figures, and the steps before a date of every dossier that is open then. */
    List<Emission> before(LocalDate date) {
        return Stream.concat(slowFigures(), communes.stream().flatMap(commune -> openBefore(commune, null, date)))
                .sorted(Emission.ORDER)
                .toList();
    }

    /**
     * Returns what a demo sends at once when it starts, so that the wall is full: the slow figures, every dossier open
     * since earlier, today's events and the sensors' last hours; of these, what has not been sent before.
     *
     * @param since until when an earlier run has sent; absent for a first run
     */
    List<Emission> backlog(@Nullable Instant since, Instant now) {
        LocalDate today = WorkingCalendar.dateOf(now);
        Instant from = since == null ? Instant.MIN : since.minus(OVERLAP);
        Stream<Emission> old = communes.stream().flatMap(commune -> openBefore(commune, since, today));
        Stream<Emission> desks = communes.stream().flatMap(commune -> deskDay(commune, today));
        Stream<Emission> readings = sensors.stream().flatMap(sensor -> recent(sensor, now));
        Stream<Emission> happened = Stream.of(old, desks, readings)
                .flatMap(part -> part)
                .filter(emission -> !emission.sendAt().isAfter(now))
                .filter(emission -> emission.sendAt().isAfter(from));
        return Stream.concat(slowFigures(), happened).sorted(Emission.ORDER).toList();
    }

    /**
     * Returns the weeks before a date by the day they are sent with: every dossier that ended in them, with all its steps,
     * and their queues. Those still open are in {@link #backlog}. With them a first run has something to compare today with.
     */
    SortedMap<LocalDate, List<Emission>> pastWeeks(LocalDate today) {
        LocalDate first = today.minusDays(PAST_DAYS);
        SortedMap<LocalDate, List<Emission>> days = new TreeMap<>();
        communes.forEach(commune -> first.minusDays(DossierModel.LONGEST_LIFE_DAYS)
                .datesUntil(today)
                .flatMap(came -> dossiers.lives(commune, came))
                .forEach(life -> {
                    LocalDate ended = WorkingCalendar.dateOf(life.getLast().eventTime());
                    if (!ended.isBefore(first) && ended.isBefore(today)) {
                        add(days, ended, life);
                    }
                }));
        first.datesUntil(today)
                .filter(date -> hours.day(date).isOpen())
                .forEach(date -> communes.forEach(commune -> add(days, date, queue.day(commune, date))));
        days.values().forEach(day -> day.sort(Emission.ORDER));
        return days;
    }

    private static void add(SortedMap<LocalDate, List<Emission>> days, LocalDate date, List<Event> events) {
        List<Emission> day = days.computeIfAbsent(date, key -> new ArrayList<>());
        events.forEach(event -> day.add(new Emission(event.eventTime(), event)));
    }

    private Stream<Emission> slowFigures() {
        return office.stream()
                .flatMap(source -> SlowFigures.of(source).stream())
                .map(event -> new Emission(event.eventTime(), event));
    }

    private Stream<Emission> deskDay(Commune commune, LocalDate date) {
        if (!hours.day(date).isOpen()) {
            return Stream.empty();
        }
        LocalDate first = date.minusDays(DossierModel.LONGEST_LIFE_DAYS);
        Stream<Event> steps = first.datesUntil(date.plusDays(1))
                .flatMap(came -> dossiers.lives(commune, came))
                .flatMap(List::stream)
                .filter(event -> WorkingCalendar.dateOf(event.eventTime()).equals(date));
        Outage outage = outage(commune, date);
        return Stream.concat(steps, queue.day(commune, date).stream()).flatMap(event -> sent(event, outage));
    }

    /** Steps before today of the dossiers that were not over by then, or that an earlier run has left open. */
    private Stream<Emission> openBefore(Commune commune, @Nullable Instant since, LocalDate today) {
        Instant midnight = today.atStartOfDay(WorkingCalendar.ZONE).toInstant();
        LocalDate known = since == null ? today : earlier(WorkingCalendar.dateOf(since), today);
        return known.minusDays(DossierModel.LONGEST_LIFE_DAYS)
                .datesUntil(today)
                .flatMap(came -> dossiers.lives(commune, came))
                .filter(life -> isOpenAt(life, midnight) || (since != null && isOpenAt(life, since)))
                .flatMap(List::stream)
                .filter(event -> event.eventTime().isBefore(midnight))
                .map(event -> new Emission(event.eventTime(), event));
    }

    private static boolean isOpenAt(List<Event> life, Instant instant) {
        return life.getFirst().eventTime().isBefore(instant)
                && !life.getLast().eventTime().isBefore(instant);
    }

    private Stream<Emission> recent(Source sensor, Instant now) {
        boolean isSilent = isSilent(sensor);
        Instant from = now.minus(isSilent ? SILENT_HISTORY : SENSOR_HISTORY);
        LocalDate today = WorkingCalendar.dateOf(now);
        return today.minusDays(1)
                .datesUntil(today.plusDays(1))
                .flatMap(date -> sensorDay(sensor, date))
                .filter(emission -> !emission.event().eventTime().isBefore(from));
    }

    private Stream<Emission> sensorDay(Source sensor, LocalDate date) {
        return sensorModel.day(sensor, date, isSilent(sensor));
    }

    private static boolean isSilent(Source sensor) {
        return sensor.id().equals(SILENT);
    }

    private record Outage(Instant from, Instant to) {}

    /** Now and then a desk's line is down for a while, and what happened meanwhile comes late. */
    private Outage outage(Commune commune, LocalDate date) {
        SplittableRandom random = Draws.stream(seed, commune.source() + "/outage", date);
        Instant from = hours.day(date).at(random.nextDouble());
        long minutes = random.nextDouble() < OUTAGE_SHARE ? random.nextInt(10, 40) : 0;
        return new Outage(from, from.plus(Duration.ofMinutes(minutes)));
    }

    private Stream<Emission> sent(Event event, Outage outage) {
        SplittableRandom random = Draws.stream(seed, event.source() + event.id(), 0);
        boolean isLate =
                event.eventTime().isAfter(outage.from()) && event.eventTime().isBefore(outage.to());
        Instant free = isLate ? outage.to() : event.eventTime();
        Instant sendAt = free.plusMillis(random.nextInt(20, LONGEST_DELAY_MS));
        Emission once = new Emission(sendAt, event);
        return random.nextDouble() < REPEATED_SHARE
                ? Stream.of(once, new Emission(sendAt.plusSeconds(random.nextInt(30, 120)), event))
                : Stream.of(once);
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
