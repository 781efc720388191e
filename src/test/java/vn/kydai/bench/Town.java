package vn.kydai.bench;

import java.time.Instant;
import java.util.Random;
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
import vn.kydai.event.Picture;
import vn.kydai.event.Reading;
import vn.kydai.event.Ticket;

/** Folds that already hold a town's history, and one more event of each kind on demand. Seeded: every run is the same. */
public final class Town {
    /** The region whose members are all communes. */
    static final String REGION = "477";

    private static final int COMMUNES = 11;
    private static final int[] STATUSES = {1, 2, 4, 9, 10};
    private static final int READINGS_EACH = 144;
    private static final int CADENCE_S = 300;
    private static final Instant END = Instant.parse("2026-11-25T03:00:00Z");

    private final Figures figures = new Figures();
    private final Random random = new Random(477);
    private final Size size;
    private long position;
    private int step;

    /** How much history there is. */
    public enum Size {
        /** A district of 2026. */
        DISTRICT(52, 20_000),
        /** A province in a flood, with two years of dossiers. */
        PROVINCE(1_100, 100_000);

        private final int sensors;
        private final int dossiers;

        Size(int sensors, int dossiers) {
            this.sensors = sensors;
            this.dossiers = dossiers;
        }
    }

    Town(Size size) {
        this.size = size;
        configure(Part.AREAS, areas());
        configure(Part.SOURCES, sources());
        for (int number = 0; number < size.dossiers; number++) {
            dossierOf(number, END.minusSeconds(random.nextInt(400 * 86_400)));
        }
        for (int index = 0; index < READINGS_EACH; index++) {
            for (int sensor = 0; sensor < size.sensors; sensor++) {
                readingOf(sensor, END.minusSeconds((long) (READINGS_EACH - index) * CADENCE_S));
            }
        }
    }

    /** Folds one step of one dossier. */
    void dossier() {
        int number = step % size.dossiers;
        status(number, STATUSES[step / size.dossiers % STATUSES.length], next());
    }

    /** Folds one reading, a little later than every one before. */
    void reading() {
        readingOf(step % size.sensors, next());
    }

    /** Folds one ticket taken. */
    void ticket() {
        apply(next(), "desk", commune(step), new Ticket("t" + step, Ticket.Step.ISSUED, null, null));
    }

    /** Returns what the walls show now. */
    Picture picture() {
        return figures.picture(END.plusMillis(step));
    }

    private Instant next() {
        step++;
        return END.plusMillis(step);
    }

    private void dossierOf(int number, Instant received) {
        int steps = random.nextInt(20) == 0 ? 3 : STATUSES.length;
        for (int index = 0; index < steps; index++) {
            status(number, STATUSES[index], received.plusSeconds(index * 7_200L));
        }
    }

    private void status(int number, int status, Instant eventTime) {
        Dossier dossier = new Dossier(
                "000.00.20.H57-261125-" + number,
                "1.00" + (1_000 + number % 50),
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
        apply(eventTime, "desk-" + commune(number), commune(number), dossier);
    }

    private void readingOf(int sensor, Instant eventTime) {
        Reading reading = new Reading("water_level", random.nextInt(5_000) / 1e3, "m", null);
        apply(eventTime, "s" + sensor, commune(sensor), reading);
    }

    private void configure(Part part, String content) {
        apply(END.minusSeconds(86_400), "-", "-", new Configuration(part, "", content));
    }

    private void apply(Instant eventTime, String source, String area, Data data) {
        position++;
        Event event = new Event("e-" + position, source, area, eventTime, false, null, data);
        figures.apply(new Journaled(position, END.plusMillis(position), event));
    }

    private static String areas() {
        String members = IntStream.range(0, COMMUNES)
                .mapToObj(index -> "\"" + commune(index) + "\"")
                .collect(Collectors.joining(","));
        String communes = IntStream.range(0, COMMUNES)
                .mapToObj(index -> "{\"id\":\"" + commune(index) + "\",\"name\":\"x\",\"level\":\"commune\"}")
                .collect(Collectors.joining(","));
        return "{\"areas\":[{\"id\":\"" + REGION + "\",\"name\":\"x\",\"level\":\"region\",\"members\":[" + members
                + "]}," + communes + "]}";
    }

    private String sources() {
        String sources = IntStream.range(0, size.sensors)
                .mapToObj(index -> "{\"id\":\"s" + index + "\",\"kind\":\"sensor\",\"area\":\"" + commune(index)
                        + "\",\"metrics\":[{\"metric\":\"water_level\",\"unit\":\"m\",\"cadenceSeconds\":" + CADENCE_S
                        + "}]}")
                .collect(Collectors.joining(","));
        return "{\"sources\":[" + sources + "]}";
    }

    private static String commune(int index) {
        return "a" + index % COMMUNES;
    }
}
