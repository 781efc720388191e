package vn.kydai.aggregate.alarm;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.kydai.event.Alarm;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Reading;
import vn.kydai.event.Signal;
import vn.kydai.event.SirenOrder;
import vn.kydai.event.SirenOrder.State;
import vn.kydai.registry.Registry;

/** The fold of orders: what each step and each answer makes of an order. */
class OrdersTest {
    private static final Instant BEGIN = Instant.parse("2026-11-25T02:00:00Z");
    private static final Duration VALID = Duration.ofMinutes(5);
    private static final String ANSWER = "answer";

    /** What leads where; every pair that is not here leaves the order as it is. */
    private static final Map<State, Map<String, State>> TABLE = Map.of(
            State.PREPARED,
            Map.of("confirmed", State.CONFIRMED, "cancelled", State.CANCELLED, "expired", State.EXPIRED),
            State.CONFIRMED,
            Map.of("cancelled", State.CANCELLED, "expired", State.UNANSWERED, ANSWER, State.SOUNDED),
            State.UNANSWERED,
            Map.of(ANSWER, State.SOUNDED),
            State.SOUNDED,
            Map.of("cancelled", State.CANCELLED),
            State.CANCELLED,
            Map.of(),
            State.EXPIRED,
            Map.of());

    private final Orders orders = new Orders();
    private Registry registry =
            Registry.NONE.with(new Configuration(Part.AREAS, "", """
                    {"areas": [
                      {"id": "477", "name": "Quảng Điền", "level": "region", "members": ["19867"]},
                      {"id": "19867", "name": "Sịa", "level": "commune"},
                      {"id": "19870", "name": "Quảng Thái", "level": "commune"}]}""")).with(new Configuration(Part.SOURCES, "", """
                    {"sources": [
                      {"id": "siren-1", "kind": "sensor", "area": "19867", "metrics": [
                        {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]},
                      {"id": "siren-2", "kind": "sensor", "area": "19867", "metrics": [
                        {"metric": "battery", "unit": "V", "cadenceSeconds": 600},
                        {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]},
                      {"id": "siren-9", "kind": "sensor", "area": "19870", "metrics": [
                        {"metric": "siren", "unit": "1", "cadenceSeconds": 86400}]},
                      {"id": "wl-1", "kind": "sensor", "area": "19867", "metrics": [
                        {"metric": "water_level", "unit": "m", "cadenceSeconds": 600}]},
                      {"id": "desk-1", "kind": "desk", "area": "19867"}]}"""));
    private Instant now = BEGIN;
    private long position;

    static Stream<Arguments> pairs() {
        return Arrays.stream(State.values())
                .flatMap(state -> Stream.concat(Arrays.stream(Step.values()).map(Step::id), Stream.of(ANSWER))
                        .map(step -> Arguments.of(
                                state, step, requireNonNull(TABLE.get(state)).getOrDefault(step, state))));
    }

    @ParameterizedTest(name = "{0}: {1} leads to {2}")
    @MethodSource("pairs")
    void everyStateTakesEveryStep(State from, String step, State to) {
        State next = step.equals(ANSWER)
                ? Orders.sounded(from)
                : Orders.after(from, Step.ofId(step).orElseThrow());

        assertEquals(to, next);
    }

    @Test
    void anOrderIsPreparedByOneConfirmedByAnotherAndAnsweredBySirens() {
        prepare("o-1");
        now = now.plusSeconds(60);
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));
        now = now.plusSeconds(20);
        answer("o-1/1", "siren-1", "19867", 5);
        answer("o-1", "siren-2", "19867", 0);

        SirenOrder order = order("o-1");

        assertEquals(State.SOUNDED, order.state());
        assertEquals("an", order.prepared().by());
        assertEquals("nước lên", order.prepared().text());
        assertEquals("binh", requireNonNull(order.confirmed()).by());
        assertEquals(BEGIN.plusSeconds(60).plus(VALID), order.until());
        assertEquals("flood:wl-1", order.alarm());
        assertEquals(
                Map.of("siren-1", new SirenOrder.Answer(now, 5), "siren-2", new SirenOrder.Answer(now, 0)),
                order.answers());
        assertEquals(position, order.position());
        assertTrue(order.isToBeSounded(now), "by those that have not answered");
        assertFalse(order.isToBeSounded(order.until()));
    }

    @Test
    void aSirenThatDidNotSoundLeavesTheOrderStanding() {
        prepare("o-1");
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));
        answer("o-1", "siren-1", "19867", 0);

        assertEquals(State.CONFIRMED, order("o-1").state());
    }

    @Test
    void theNewestAnswerOfASirenCountsByItsOwnTime() {
        prepare("o-1");
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));
        answer("o-1/2", "siren-1", "19867", 10);
        now = now.minusSeconds(30);
        answer("o-1/1", "siren-1", "19867", 5);

        assertEquals(10, requireNonNull(order("o-1").answers().get("siren-1")).blasts());
    }

    @Test
    void anAnswerToWhatNobodyConfirmedOrFromAnotherAreaChangesNothing() {
        prepare("o-1");
        answer("o-1", "siren-1", "19867", 5);
        assertEquals(State.PREPARED, order("o-1").state());
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));
        answer("o-1", "siren-9", "19870", 5);
        answer("o-10", "siren-1", "19867", 5);
        apply("o-1", "wl-1", "19867", new Reading("water_level", 3, "m", null));
        apply("o-1", "siren-1", "19867", new Reading(Reading.SIREN, 5, "1", Reading.Quality.BAD));

        assertEquals(State.CONFIRMED, order("o-1").state());
        assertEquals(Map.of(), order("o-1").answers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"desk-1", "wl-1", "unknown-1"})
    void onlyWhatIsRegisteredAsASirenAnswersAnOrder(String source) {
        prepare("o-1");
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));

        answer("o-1", source, "19867", 5);

        assertEquals(State.CONFIRMED, order("o-1").state());
        assertEquals(Map.of(), order("o-1").answers());
    }

    @Test
    void afterAMergerAnOrderIsInTheUnitThatTookOverAndItsSirensAnswer() {
        registry = registry.with(new Configuration(Part.AREAS, "", """
                {"areas": [
                  {"id": "19867", "name": "Sịa", "level": "commune"},
                  {"id": "19870", "name": "Quảng Thái", "level": "commune", "validTo": "2026-11-26",
                   "successor": "19867"}]}"""));
        now = Instant.parse("2026-11-25T16:58:00Z");
        Alarm prepared = Alarm.ofOrder(
                "o-1", Step.PREPARED, new Alarm.Order(Signal.FLOOD3, null), "an", "nước lên", now.plus(VALID));
        orders.apply(journaled("e", "kydai", "19870", prepared), prepared);
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));
        String before = order("o-1").area();
        now = now.plusSeconds(180);
        String after = order("o-1").area();
        answer("o-1", "siren-9", "19867", 5);

        assertEquals("19870", before);
        assertEquals("19867", after);
        assertEquals(State.SOUNDED, order("o-1").state());
    }

    @Test
    void whatWasCancelledStaysSoButShowsThatASirenSounded() {
        prepare("o-1");
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));
        step("o-1", Step.CANCELLED, "an", null);
        assertTrue(order("o-1").isCalledOff(now));
        answer("o-1", "siren-1", "19867", 2);

        assertEquals(State.CANCELLED, order("o-1").state());
        assertEquals(2, requireNonNull(order("o-1").answers().get("siren-1")).blasts());
        assertEquals("an", requireNonNull(order("o-1").cancelled()).by());
    }

    @Test
    void aStepOfAnOrderThatWasNeverPreparedMakesNone() {
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));

        assertEquals(Map.of(), orders.shown(Places.at(registry, now)));
    }

    @Test
    void theMapIsTheSameAsLongAsNothingChanges() {
        prepare("o-1");
        var shown = orders.shown(Places.at(registry, now));
        step("o-1", Step.EXPIRED, "nobody", null);
        step("o-1", Step.CONFIRMED, "binh", now.plus(VALID));
        var later = orders.shown(Places.at(registry, now));

        assertEquals(State.EXPIRED, order("o-1").state());
        assertSame(later, orders.shown(Places.at(registry, now)));
        assertEquals(State.PREPARED, requireNonNull(shown.get("o-1")).state());
    }

    @Test
    void theOldAndTheManyAreForgottenTheEndedFirst() {
        prepare("old");
        now = now.plus(Duration.ofDays(32));
        prepare("standing");
        for (int each = 0; each < 600; each++) {
            prepare("o-" + each);
            step("o-" + each, Step.CANCELLED, "an", null);
        }

        assertEquals(500, orders.shown(Places.at(registry, now)).size());
        assertNull(orders.shown(Places.at(registry, now)).get("old"));
        assertNull(orders.shown(Places.at(registry, now)).get("o-0"));
        assertEquals(State.PREPARED, order("standing").state());
    }

    @Test
    void anOrderWhoseTimeStillRunsIsNotForgottenHoweverManyComeAfterIt() {
        prepare("sounded");
        step("sounded", Step.CONFIRMED, "binh", now.plus(VALID));
        answer("sounded", "siren-1", "19867", 5);
        prepare("called-off");
        step("called-off", Step.CONFIRMED, "binh", now.plus(VALID));
        step("called-off", Step.CANCELLED, "binh", null);
        for (int each = 0; each < 600; each++) {
            prepare("o-" + each);
            step("o-" + each, Step.CANCELLED, "an", null);
        }
        assertEquals(State.SOUNDED, order("sounded").state());
        assertTrue(order("called-off").isCalledOff(now), "its sirens must still hear that it is off");

        now = now.plus(VALID);
        prepare("later");

        assertNull(orders.shown(Places.at(registry, now)).get("sounded"), "its time is over");
        assertEquals(500, orders.shown(Places.at(registry, now)).size());
    }

    private SirenOrder order(String id) {
        return requireNonNull(orders.shown(Places.at(registry, now)).get(id), id);
    }

    private void prepare(String id) {
        Alarm.Order content = new Alarm.Order(Signal.FLOOD3, "flood:wl-1");
        take(Alarm.ofOrder(id, Step.PREPARED, content, "an", "nước lên", now.plus(VALID)));
    }

    private void step(String id, Step step, String by, @Nullable Instant until) {
        take(Alarm.ofOrder(id, step, null, by, null, until));
    }

    private void take(Alarm alarm) {
        orders.apply(journaled("e" + position, "kydai", "477", alarm), alarm);
    }

    private void answer(String event, String source, String area, double blasts) {
        apply(event, source, area, new Reading(Reading.SIREN, blasts, "1", null));
    }

    private void apply(String event, String source, String area, Reading reading) {
        orders.answered(journaled(event, source, area, reading), reading, registry);
    }

    private Journaled journaled(String id, String source, String area, Data data) {
        position++;
        return new Journaled(position, now, new Event(id, source, area, now, false, null, data));
    }
}
