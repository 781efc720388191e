package vn.kydai.aggregate.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The figure of ISA-18.2 as a table: every state and every event. A trailing + says that the condition is active. */
class StateTest {
    private static final Map<String, State> STATES = new LinkedHashMap<>();
    private static final Map<String, UnaryOperator<State>> EVENTS = new LinkedHashMap<>();

    static {
        STATES.put("A", new State.Normal());
        STATES.put("B", new State.Unacknowledged());
        STATES.put("C", new State.Acknowledged());
        STATES.put("D", new State.Returned());
        STATES.put("E", new State.Latched());
        STATES.put("F", new State.LatchedAcknowledged());
        STATES.put("G", new State.Shelved(false));
        STATES.put("G+", new State.Shelved(true));
        STATES.put("H", new State.Suppressed(false));
        STATES.put("H+", new State.Suppressed(true));
        STATES.put("I", new State.OutOfService(false));
        STATES.put("I+", new State.OutOfService(true));
        EVENTS.put("raise", State::raise);
        EVENTS.put("clear", state -> state.clear(false));
        EVENTS.put("latch", state -> state.clear(true));
        EVENTS.put("ack", State::acknowledge);
        EVENTS.put("reset", State::reset);
        EVENTS.put("shelve", State::shelve);
        EVENTS.put("unshelve", State::unshelve);
        EVENTS.put("suppress", State::suppress);
        EVENTS.put("release", State::release);
        EVENTS.put("remove", State::remove);
        EVENTS.put("restore", State::restore);
    }

    private static final String TABLE = """
            from raise clear latch ack reset shelve unshelve suppress release remove restore
            A    B     A     A     A   A     G      A        H        A       I      A
            B    B     D     E     C   B     G+     B        H+       B       I+     B
            C    B     A     F     C   C     G+     C        H+       C       I+     C
            D    B     D     D     A   D     G      D        H        D       I      D
            E    B     E     E     F   E     G      E        H        E       I      E
            F    B     F     F     F   A     G      F        H        F       I      F
            G    G+    G     G     G   G     G      A        H        G       I      G
            G+   G+    G     G     G+  G+    G+     B        H+       G+      I+     G+
            H    H+    H     H     H   H     G      H        H        A       I      H
            H+   H+    H     H     H+  H+    G+     H+       H+       B       I+     H+
            I    I+    I     I     I   I     G      I        H        I       I      A
            I+   I+    I     I     I+  I+    G+     I+       H+       I+      I+     B
            """;

    static Stream<Arguments> pairs() {
        List<String[]> rows = TABLE.lines().map(line -> line.split(" +", -1)).toList();
        String[] head = rows.get(0);
        return rows.stream()
                .skip(1)
                .flatMap(row -> Stream.iterate(1, column -> column < head.length, column -> column + 1)
                        .map(column -> Arguments.of(row[0], head[column], row[column])));
    }

    @ParameterizedTest(name = "{0}: {1} leads to {2}")
    @MethodSource("pairs")
    void everyStateAnswersEveryEvent(String from, String event, String to) {
        assertEquals(STATES.get(to), EVENTS.get(event).apply(STATES.get(from)));
    }

    @Test
    void theTableLeavesNoPairOut() {
        assertEquals(STATES.size() * EVENTS.size(), pairs().distinct().count());
    }
}
