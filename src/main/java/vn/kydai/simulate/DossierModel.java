package vn.kydai.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Event;
import vn.kydai.registry.Procedures.Procedure;
import vn.kydai.registry.Procedures.TimeUnit;
import vn.kydai.registry.WorkingCalendar;

/**
 * The lives of dossiers. Pure: a dossier's whole life follows from the seed, its desk, the date it came in and its
 * number on that date. Every step happens while the desks are open. All shares are invented.
 */
final class DossierModel {
    /** No dossier lives longer; so the steps of a date belong to those that came in within so many days before. */
    static final int LONGEST_LIFE_DAYS = 75;

    private static final DateTimeFormatter CODE_DATE = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);
    private static final double ONLINE_SHARE = 0.66;
    private static final double POST_SHARE = 0.03;
    private static final double DIGITISED_SHARE = 0.82;
    private static final double REFUSED_SHARE = 0.012;
    private static final double GIVEN_UP_SHARE = 0.012;
    private static final double SUPPLEMENT_SHARE = 0.05;
    private static final double FEE_SHARE = 0.25;
    private static final double FEE_PAUSE_SHARE = 0.05;
    /** Most answer well before the first due date, and the desk still keeps it. */
    private static final double LONG_PAUSE_SHARE = 0.05;

    private static final double PAID_ONLINE_SHARE = 0.7;
    private static final int MAX_DAYS_LATE = 2;

    private final long seed;
    private final OfficeHours hours;
    private final ProcedureMix mix;

    DossierModel(long seed, OfficeHours hours, ProcedureMix mix) {
        this.seed = seed;
        this.hours = hours;
        this.mix = mix;
    }

    /** Returns the lives of the dossiers that come in at a desk on a date, each in order of time. */
    Stream<List<Event>> lives(Commune commune, LocalDate date) {
        OfficeDay day = hours.day(date);
        int count = mix.isEmpty()
                ? 0
                : Arrivals.count(commune.dossiers(), day, Draws.stream(seed, commune.source() + "/dossiers", date));
        return IntStream.rangeClosed(1, count).mapToObj(number -> life(commune, day, number));
    }

    private List<Event> life(Commune commune, OfficeDay day, int number) {
        SplittableRandom random = Draws.stream(seed, commune.source() + "/" + number, day.date());
        Procedure procedure = mix.draw(random);
        Life life = new Life(commune, code(commune, day.date(), number), procedure, channel(procedure, random), random);
        Instant came = day.at(Arrivals.share(random));
        if (random.nextDouble() < REFUSED_SHARE) {
            life.step(came, DossierStatus.SUBMITTED);
            life.step(hours.after(came, minutes(random, 20, 240)), DossierStatus.REFUSED);
            return life.events;
        }
        life.receive(came);
        Instant begun = hours.after(came, minutes(random, 3, 45));
        life.step(begun, DossierStatus.PROCESSING);
        process(life, came, begun);
        return life.events;
    }

    /** From the first look to the last step. A supplement restarts the clock, a fee stops it. */
    private void process(Life life, Instant received, Instant begun) {
        SplittableRandom random = life.random;
        Instant clockStart = received;
        Instant at = begun;
        boolean isQuick = life.procedure.unit() == TimeUnit.SAME_DAY;
        boolean isFee = life.fee != null && random.nextDouble() < FEE_PAUSE_SHARE;
        if (!isQuick && (isFee || random.nextDouble() < SUPPLEMENT_SHARE)) {
            Instant due = due(life, clockStart);
            Instant paused = partOfTheWay(at, due, random, 0.1, 0.5);
            life.step(paused, isFee ? DossierStatus.FEE : DossierStatus.SUPPLEMENT);
            boolean isLong = random.nextDouble() < LONG_PAUSE_SHARE;
            at = isLong
                    ? hours.after(paused, minutes(random, 120, 5 * 480))
                    : partOfTheWay(paused, due, random, 0.1, 0.8);
            life.step(at, DossierStatus.PROCESSING);
            clockStart = isLong ? at : received;
        }
        if (random.nextDouble() < GIVEN_UP_SHARE) {
            Instant end = partOfTheWay(at, due(life, clockStart), random, 0.2, 0.9);
            life.step(end, random.nextBoolean() ? DossierStatus.WITHDRAWN : DossierStatus.STOPPED);
            return;
        }
        Instant done = done(life, at, due(life, clockStart));
        life.step(done, DossierStatus.DONE);
        Duration untilCollected =
                life.channel == Channel.COUNTER && !isQuick ? minutes(random, 30, 900) : minutes(random, 3, 40);
        life.step(hours.after(done, untilCollected), DossierStatus.RETURNED);
    }

    private Instant done(Life life, Instant from, Instant due) {
        SplittableRandom random = life.random;
        if (random.nextDouble() < life.commune.lateShare()) {
            LocalDate dueDate = WorkingCalendar.dateOf(due);
            return hours.workingDaysAfter(dueDate, 1 + random.nextInt(MAX_DAYS_LATE))
                    .at(random.nextDouble());
        }
        return life.procedure.unit() == TimeUnit.SAME_DAY
                ? earlier(hours.after(from, minutes(random, 15, 150)), partOfTheWay(from, due, random, 0.5, 0.95))
                : partOfTheWay(from, due, random, 0.45, 0.97);
    }

    private Instant due(Life life, Instant clockStart) {
        return hours.calendar().due(clockStart, life.procedure.unit(), life.procedure.time());
    }

    private Instant partOfTheWay(Instant from, Instant to, SplittableRandom random, double least, double most) {
        double share = random.nextDouble(least, most);
        return hours.after(
                from, Duration.ofSeconds(Math.round(hours.between(from, to).toSeconds() * share)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration minutes(SplittableRandom random, int least, int most) {
        return Duration.ofSeconds(random.nextInt(least * 60, most * 60));
    }

    private static Channel channel(Procedure procedure, SplittableRandom random) {
        double drawn = random.nextDouble();
        if (procedure.online().equals("none")) {
            return Channel.COUNTER;
        }
        if (drawn < ONLINE_SHARE) {
            return Channel.ONLINE;
        }
        return drawn < ONLINE_SHARE + POST_SHARE ? Channel.POST : Channel.COUNTER;
    }

    /** Thông tư 01/2018/TT-VPCP Điều 19; H57 stands for Huế. */
    private static String code(Commune commune, LocalDate date, int number) {
        return "000.00.%02d.H57-%s-%04d".formatted(commune.unit(), CODE_DATE.format(date), number);
    }

    /** One dossier while its life is being told. */
    private final class Life {
        private final Commune commune;
        private final String code;
        private final Procedure procedure;
        private final Channel channel;
        private final SplittableRandom random;
        private final @Nullable Double fee;
        private final boolean isPaidOnline;
        private final boolean isDigitised;
        private final String counter;
        private final List<Event> events = new ArrayList<>();

        private Life(Commune commune, String code, Procedure procedure, Channel channel, SplittableRandom random) {
            this.commune = commune;
            this.code = code;
            this.procedure = procedure;
            this.channel = channel;
            this.random = random;
            this.fee = random.nextDouble() < FEE_SHARE ? 1_000.0 * random.nextInt(5, 120) : null;
            this.isPaidOnline = random.nextDouble() < PAID_ONLINE_SHARE;
            this.isDigitised = random.nextDouble() < DIGITISED_SHARE;
            this.counter = Integer.toString(1 + random.nextInt(commune.counters()));
        }

        private void receive(Instant came) {
            Instant submitted = channel == Channel.ONLINE ? came.minus(minutes(random, 2, 14 * 60)) : null;
            add(came, DossierStatus.RECEIVED, submitted, came);
        }

        private void step(Instant at, DossierStatus status) {
            add(at, status, null, null);
        }

        private void add(Instant at, DossierStatus status, @Nullable Instant submitted, @Nullable Instant received) {
            Dossier dossier = new Dossier(
                    code,
                    procedure.code(),
                    status,
                    channel,
                    (channel == Channel.COUNTER) ? counter : null,
                    submitted,
                    received,
                    null,
                    null,
                    null,
                    pausedBy(status),
                    (fee == null || received == null) ? null : isPaidOnline,
                    received == null ? null : isDigitised,
                    received == null ? null : fee);
            String id = Long.toString(seed, Character.MAX_RADIX) + "-" + code + "-" + (events.size() + 1);
            events.add(new Event(id, commune.source(), commune.area(), at, false, null, dossier));
        }

        private static @Nullable String pausedBy(DossierStatus status) {
            return status.isPaused() ? status.name().toLowerCase(Locale.ROOT) : null;
        }
    }
}
