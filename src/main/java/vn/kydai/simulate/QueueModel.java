package vn.kydai.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Data;
import vn.kydai.event.Event;
import vn.kydai.event.Rating;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;

/**
 * The queue of one desk on one day: first come, first served, by so many counters. Pure. Whoever still waits when a
 * session ends is sent home. All shares are invented.
 */
final class QueueModel {
    private static final double ABSENT_SHARE = 0.03;
    private static final double RATED_SHARE = 0.55;
    private static final double DISSATISFIED_SHARE = 0.025;
    private static final double DISSATISFIED_AFTER_LONG_WAIT = 0.1;
    private static final double VERY_SATISFIED_SHARE = 0.5;
    private static final Duration LONG_WAIT = Duration.ofMinutes(30);
    private static final int SHORTEST_SERVICE_S = 180;
    private static final int LONGEST_SERVICE_S = 780;

    private final long seed;
    private final OfficeHours hours;

    QueueModel(long seed, OfficeHours hours) {
        this.seed = seed;
        this.hours = hours;
    }

    /** Returns the day's tickets and ratings. */
    List<Event> day(Commune commune, LocalDate date) {
        OfficeDay day = hours.day(date);
        SplittableRandom random = Draws.stream(seed, commune.source() + "/queue", date);
        int count = Arrivals.count(commune.visits(), day, random);
        List<Instant> arrivals = IntStream.range(0, count)
                .mapToObj(number -> day.at(Arrivals.share(random)))
                .sorted()
                .toList();
        Telling telling = new Telling(commune, day, random);
        day.sessions().forEach(session -> serve(telling, session, arrivals));
        return telling.events;
    }

    private static void serve(Telling telling, OfficeDay.Session session, List<Instant> arrivals) {
        PriorityQueue<Instant> counters = new PriorityQueue<>();
        IntStream.range(0, telling.commune.counters()).forEach(counter -> counters.add(session.start()));
        arrivals.stream().filter(session::contains).forEach(issued -> {
            Instant free = counters.remove();
            Instant called = (free.isAfter(issued) ? free : issued).plusSeconds(telling.random.nextInt(5, 25));
            counters.add(telling.visit(session, issued, called));
        });
    }

    /** One desk's day while it is being told. */
    private final class Telling {
        private final Commune commune;
        private final OfficeDay day;
        private final SplittableRandom random;
        private final List<Event> events = new ArrayList<>();
        private int tickets;

        private Telling(Commune commune, OfficeDay day, SplittableRandom random) {
            this.commune = commune;
            this.day = day;
            this.random = random;
        }

        /** Tells one visit and returns when its counter is free again. */
        private Instant visit(OfficeDay.Session session, Instant issued, Instant called) {
            String ticket = "A%03d".formatted(++tickets);
            String counter = Integer.toString(1 + tickets % commune.counters());
            step(issued, ticket, Step.ISSUED, null);
            if (!called.isBefore(session.end().minusSeconds(SHORTEST_SERVICE_S))) {
                step(session.end().minusSeconds(1), ticket, Step.CANCELLED, null);
                return called;
            }
            step(called, ticket, Step.CALLED, counter);
            if (random.nextDouble() < ABSENT_SHARE) {
                Instant missed = session.latest(called.plusSeconds(90));
                step(missed, ticket, Step.ABSENT, counter);
                return missed;
            }
            // The sum of two even draws: most visits take a middling time.
            int middling = (LONGEST_SERVICE_S - SHORTEST_SERVICE_S) / 2;
            int seconds = SHORTEST_SERVICE_S + random.nextInt(middling) + random.nextInt(middling);
            Instant served = session.latest(called.plusSeconds(seconds));
            step(served, ticket, Step.SERVED, counter);
            if (random.nextDouble() < RATED_SHARE) {
                rate(session.latest(served.plusSeconds(random.nextInt(3, 40))), ticket, counter, issued, called);
            }
            return served;
        }

        private void rate(Instant at, String ticket, String counter, Instant issued, Instant called) {
            boolean isLong = Duration.between(issued, called).compareTo(LONG_WAIT) > 0;
            double drawn = random.nextDouble();
            Rating.Level level = drawn < (isLong ? DISSATISFIED_AFTER_LONG_WAIT : DISSATISFIED_SHARE)
                    ? Rating.Level.DISSATISFIED
                    : drawn > 1 - VERY_SATISFIED_SHARE ? Rating.Level.VERY_SATISFIED : Rating.Level.SATISFIED;
            add(at, ticket + "-rating", new Rating(level, counter, null));
        }

        private void step(Instant at, String ticket, Step step, @Nullable String counter) {
            add(at, ticket + "-" + step.name().toLowerCase(Locale.ROOT), new Ticket(ticket, step, null, counter));
        }

        private void add(Instant at, String what, Data data) {
            String id = Long.toString(seed, Character.MAX_RADIX) + "-" + day.date() + "-" + what;
            events.add(new Event(id, commune.source(), commune.area(), at, false, null, data));
        }
    }
}
