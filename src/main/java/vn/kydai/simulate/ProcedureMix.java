package vn.kydai.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import vn.kydai.registry.Procedures;
import vn.kydai.registry.Procedures.Procedure;

/** Which procedures are asked for, and how often: a commune's mix, invented; codes the configuration lacks are left out. */
final class ProcedureMix {
    private static final List<Map.Entry<String, Integer>> WEIGHTS = List.of(
            Map.entry("2.000815", 190),
            Map.entry("2.000884", 90),
            Map.entry("2.000635", 70),
            Map.entry("1.001193", 60),
            Map.entry("1.000894", 20),
            Map.entry("1.000656", 20),
            Map.entry("1.004873", 110),
            Map.entry("1.004859", 60),
            Map.entry("1.001022", 15),
            Map.entry("1.004884", 25),
            Map.entry("2.000806", 5),
            Map.entry("1.004194", 40),
            Map.entry("1.004222", 30),
            Map.entry("1.001776", 95),
            Map.entry("1.001731", 30),
            Map.entry("2.000751", 5),
            Map.entry("1.011607", 45),
            Map.entry("1.001612", 60),
            Map.entry("1.013227", 30));

    private final List<Procedure> procedures = new ArrayList<>();
    private final List<Integer> upTo = new ArrayList<>();
    private int total;

    ProcedureMix(Procedures known) {
        WEIGHTS.forEach(weight -> known.find(weight.getKey()).ifPresent(procedure -> {
            total += weight.getValue();
            procedures.add(procedure);
            upTo.add(total);
        }));
    }

    boolean isEmpty() {
        return procedures.isEmpty();
    }

    Procedure draw(SplittableRandom random) {
        int drawn = random.nextInt(total);
        int index = 0;
        while (upTo.get(index) <= drawn) {
            index++;
        }
        return procedures.get(index);
    }
}
