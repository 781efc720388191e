package vn.kydai.aggregate.alarm;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.alarm.Life.Word;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;
import vn.kydai.event.Signal;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.SirenOrder.State;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Registry;
import vn.kydai.registry.Sources.Source;
import vn.kydai.registry.WorkingCalendar;

/**
 * Orders to sound sirens (lệnh hú còi), folded in journal order from {@code alarm} events of the reserved rule
 * {@code siren} and from what sirens answer: a reading of the metric {@code siren}, of a source that is registered with
 * it, whose event id is the order's, or begins with it and a slash. What does not fit changes nothing.
 *
 * <pre>
 * prepared --confirmed--> confirmed --answer above 0--> sounded --cancelled--> cancelled: it stops
 *     |  \                  |  \                           ^
 *     |   expired           |   expired--> unanswered -----+ answer above 0, come late
 *     v                     v
 * cancelled             cancelled
 * </pre>
 */
public final class Orders implements Serializable {
    private static final Duration KEPT = Duration.ofDays(31);
    private static final int MOST = 500;
    private static final int MOST_ANSWERS = 100;

    private final TreeMap<String, Order> orders = new TreeMap<>();

    /** Last shown; absent when something has changed since. */
    private transient @Nullable SortedMap<String, SirenOrder> shown;

    private transient @Nullable Tree shownIn;

    /** The areas of a day; a changed tree is another instance. */
    private record Tree(Areas areas, LocalDate date) {}

    /** What a siren said, as it can be saved. */
    private record Answer(Instant at, double blasts) implements Serializable {}

    /**
     * One order.
     *
     * @param begun position of its first event
     * @param position of its newest
     */
    private record Order(
            String id,
            String area,
            Signal signal,
            @Nullable String alarm,
            State state,
            Word prepared,
            Instant until,
            @Nullable Word confirmed,
            @Nullable Word cancelled,
            TreeMap<String, Answer> answers,
            long begun,
            long position)
            implements Serializable {
        Order moved(State next, Journaled journaled, Alarm alarm) {
            Word word = Word.of(journaled, alarm);
            Instant end = alarm.until();
            return new Order(
                    id,
                    area,
                    signal,
                    this.alarm,
                    next,
                    prepared,
                    next == State.CONFIRMED && end != null ? end : until,
                    next == State.CONFIRMED ? word : confirmed,
                    next == State.CANCELLED ? word : cancelled,
                    answers,
                    begun,
                    journaled.position());
        }

        Order answered(String source, Answer answer, long at) {
            TreeMap<String, Answer> more = new TreeMap<>(answers);
            more.put(source, answer);
            State next = answer.blasts() > 0 ? sounded(state) : state;
            return new Order(id, area, signal, alarm, next, prepared, until, confirmed, cancelled, more, begun, at);
        }

        SirenOrder shown(String in) {
            TreeMap<String, SirenOrder.Answer> said = new TreeMap<>();
            answers.forEach((source, answer) -> said.put(source, new SirenOrder.Answer(answer.at(), answer.blasts())));
            return new SirenOrder(
                    id,
                    in,
                    signal,
                    alarm,
                    state,
                    prepared.shown(),
                    until,
                    confirmed == null ? null : confirmed.shown(),
                    cancelled == null ? null : cancelled.shown(),
                    Collections.unmodifiableSortedMap(said),
                    position);
        }
    }

    /** Returns how an order stands after a step; a step that does not fit leaves it as it is. */
    static State after(State state, Step step) {
        return switch (state) {
            case PREPARED ->
                switch (step) {
                    case CONFIRMED -> State.CONFIRMED;
                    case CANCELLED -> State.CANCELLED;
                    case EXPIRED -> State.EXPIRED;
                    default -> state;
                };
            case CONFIRMED ->
                switch (step) {
                    case CANCELLED -> State.CANCELLED;
                    case EXPIRED -> State.UNANSWERED;
                    default -> state;
                };
            case SOUNDED -> step == Step.CANCELLED ? State.CANCELLED : state;
            case UNANSWERED, CANCELLED, EXPIRED -> state;
        };
    }

    /** Returns how an order stands after a siren said that it sounded; one that was cancelled stays so. */
    static State sounded(State state) {
        return switch (state) {
            case CONFIRMED, UNANSWERED, SOUNDED -> State.SOUNDED;
            case PREPARED, CANCELLED, EXPIRED -> state;
        };
    }

    /** Takes the next event of the reserved rule. */
    public void apply(Journaled journaled, Alarm alarm) {
        Order known = orders.get(alarm.source());
        if (known == null) {
            begin(journaled, alarm);
            return;
        }
        State next = after(known.state(), alarm.step());
        if (next != known.state()) {
            put(known.moved(next, journaled, alarm));
        }
    }

    private void begin(Journaled journaled, Alarm alarm) {
        Alarm.Order content = alarm.order();
        Instant until = alarm.until();
        if (alarm.step() != Step.PREPARED || content == null || until == null) {
            return;
        }
        makeRoom(journaled.event().eventTime());
        put(new Order(
                alarm.source(),
                journaled.event().area(),
                content.signal(),
                content.alarm(),
                State.PREPARED,
                Word.of(journaled, alarm),
                until,
                null,
                null,
                new TreeMap<>(),
                journaled.position(),
                journaled.position()));
    }

    /** The oldest go, except those that still hold at this instant: how many these are is bounded where they are prepared. */
    private void makeRoom(Instant now) {
        Instant oldest = now.minus(KEPT);
        orders.values().removeIf(order -> order.prepared().at().isBefore(oldest));
        int tooMany = orders.size() - MOST + 1;
        if (tooMany > 0) {
            orders.values().stream()
                    .filter(order -> !order.shown(order.area()).isBinding(now))
                    .sorted(Comparator.comparingLong(Order::begun))
                    .limit(tooMany)
                    .toList()
                    .forEach(order -> orders.remove(order.id()));
        }
    }

    /**
     * Takes a reading, if it is a siren's answer to an order that was confirmed.
     *
     * @param known as of now: only what is registered as a siren answers, for itself, in the order's own subtree
     */
    public void answered(Journaled journaled, Reading reading, Registry known) {
        if (!reading.metric().equals(Reading.SIREN) || reading.quality() == Quality.BAD) {
            return;
        }
        Event event = journaled.event();
        int slash = event.id().indexOf('/');
        Order order = orders.get(slash < 0 ? event.id() : event.id().substring(0, slash));
        LocalDate date = WorkingCalendar.dateOf(event.eventTime());
        if (order == null
                || order.confirmed() == null
                || known.sources().find(event.source()).filter(Orders::isSiren).isEmpty()
                || !known.areas().isWithin(event.area(), known.areas().current(order.area(), date), date)) {
            return;
        }
        Answer before = order.answers().get(event.source());
        boolean isNews = before == null
                ? order.answers().size() < MOST_ANSWERS
                : !event.eventTime().isBefore(before.at());
        if (isNews) {
            put(order.answered(event.source(), new Answer(event.eventTime(), reading.value()), journaled.position()));
        }
    }

    private static boolean isSiren(Source source) {
        return source.measures(Reading.SIREN);
    }

    private void put(Order order) {
        orders.put(order.id(), order);
        shown = null;
    }

    /**
     * Shows those of the last month, by id, each in the unit that stands in the place of its area; the same map as long as
     * none changes.
     */
    public SortedMap<String, SirenOrder> shown(Places places) {
        SortedMap<String, SirenOrder> last = shown;
        Tree tree = new Tree(places.registry().areas(), places.date());
        if (last == null || !tree.equals(shownIn)) {
            SortedMap<String, SirenOrder> next = new TreeMap<>();
            orders.forEach((id, order) -> next.put(id, order.shown(places.current(order.area()))));
            last = Collections.unmodifiableSortedMap(next);
            shown = last;
            shownIn = tree;
        }
        return last;
    }
}
