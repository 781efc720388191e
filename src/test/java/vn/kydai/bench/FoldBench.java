package vn.kydai.bench;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;

/** What the folds cost: events a second, time a picture, memory. Run it by hand; it prints one line a case. */
public final class FoldBench {
    private static final int AREAS = 11;
    private static final int STEPS = 5;
    private static final int READINGS = 144;
    private static final int PICTURES = 500;
    private static final Instant END = Instant.parse("2026-11-25T03:00:00Z");

    private final Figures figures = new Figures();
    private final Random random = new Random(477);
    private final int sensors;
    private final int dossiers;
    private long position;

    private FoldBench(int sensors, int dossiers) {
        this.sensors = sensors;
        this.dossiers = dossiers;
    }

    /** Runs both cases: a district, and a district with a nation's flood gauges and two years of dossiers. */
    public static void main(String[] arguments) {
        new FoldBench(52, 20_000).run();
        new FoldBench(52, 20_000).run();
        new FoldBench(1_100, 100_000).run();
    }

    private void run() {
        configure();
        long before = usedBytes();
        long start = System.nanoTime();
        foldDossiers();
        double dossierSeconds = (System.nanoTime() - start) / 1e9;
        long bytes = usedBytes() - before;
        start = System.nanoTime();
        foldReadings();
        double readingSeconds = (System.nanoTime() - start) / 1e9;
        var unused = figures.picture(END);
        System.out.printf(
                "%d sensors, %d dossiers: %.0f dossier events/s, %.0f readings/s, %d bytes a dossier%n",
                sensors,
                dossiers,
                dossiers * STEPS / dossierSeconds,
                (double) sensors * READINGS / readingSeconds,
                bytes / dossiers);
        pictures("one dossier event", index -> dossier(index, 4, END.plusMillis(index)));
        pictures("one reading", index -> reading(index % sensors, END.plusMillis(index)));
        pictures(
                "one ticket",
                index -> apply(
                        END.plusMillis(index),
                        "desk",
                        area(index),
                        new Ticket("t" + index, Ticket.Step.ISSUED, null, null)));
        pictures("nothing", index -> {});
        long across = System.nanoTime();
        var unusedToo = figures.picture(END.plusSeconds(900));
        System.out.printf("  a picture over a quarter of an hour: %.2f ms%n", (System.nanoTime() - across) / 1e6);
    }

    private void pictures(String change, IntConsumer apply) {
        double[] millis = new double[PICTURES];
        for (int index = 0; index < PICTURES; index++) {
            apply.accept(index);
            long start = System.nanoTime();
            var unused = figures.picture(END.plusMillis(index));
            millis[index] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                "  a picture after %s: median %.3f ms, 99th percentile %.3f ms%n",
                change, millis[PICTURES / 2], millis[PICTURES * 99 / 100]);
    }

    private void configure() {
        String members = IntStream.range(0, AREAS)
                .mapToObj(index -> "\"" + area(index) + "\"")
                .collect(Collectors.joining(","));
        String communes = IntStream.range(0, AREAS)
                .mapToObj(index -> "{\"id\":\"" + area(index) + "\",\"name\":\"x\",\"level\":\"commune\"}")
                .collect(Collectors.joining(","));
        configure(
                Part.AREAS,
                "{\"areas\":[{\"id\":\"477\",\"name\":\"x\",\"level\":\"region\",\"members\":[" + members + "]},"
                        + communes + "]}");
        String sources = IntStream.range(0, sensors)
                .mapToObj(index -> "{\"id\":\"s" + index + "\",\"kind\":\"sensor\",\"area\":\"" + area(index)
                        + "\",\"metrics\":[{\"metric\":\"water_level\",\"unit\":\"m\",\"cadenceSeconds\":300}]}")
                .collect(Collectors.joining(","));
        configure(Part.SOURCES, "{\"sources\":[" + sources + "]}");
    }

    private void configure(Part part, String content) {
        apply(END.minusSeconds(86_400), "-", "-", new Configuration(part, "", content));
    }

    private void foldDossiers() {
        int[] statuses = {1, 2, 4, 9, 10};
        for (int number = 0; number < dossiers; number++) {
            Instant received = END.minusSeconds(random.nextInt(400 * 86_400));
            int steps = random.nextInt(20) == 0 ? 3 : STEPS;
            for (int step = 0; step < STEPS; step++) {
                int status = step < steps ? statuses[step] : 4;
                dossier(number, status, received.plusSeconds(step * 7_200L));
            }
        }
    }

    private void dossier(int number, int status, Instant eventTime) {
        Dossier dossier = new Dossier(
                "000.00.20.H57-261125-" + number,
                "1.00" + 1_000 + number % 50,
                DossierStatus.of(status).orElseThrow(),
                Channel.ONLINE,
                null,
                null,
                null,
                END.minusSeconds(number % 100 * 86_400L),
                null,
                null,
                null,
                null,
                null,
                null);
        apply(eventTime, "desk-" + area(number), area(number), dossier);
    }

    private void foldReadings() {
        for (int index = 0; index < READINGS; index++) {
            for (int sensor = 0; sensor < sensors; sensor++) {
                reading(sensor, END.minusSeconds((READINGS - index) * 300L));
            }
        }
    }

    private void reading(int sensor, Instant eventTime) {
        apply(
                eventTime,
                "s" + sensor,
                area(sensor),
                new Reading("water_level", random.nextInt(5_000) / 1e3, "m", null));
    }

    private void apply(Instant eventTime, String source, String area, Data data) {
        position++;
        Event event = new Event("e-" + position, source, area, eventTime, false, null, data);
        figures.apply(new Journaled(position, END.plusMillis(position), event));
    }

    private static String area(int index) {
        return "a" + index % AREAS;
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
