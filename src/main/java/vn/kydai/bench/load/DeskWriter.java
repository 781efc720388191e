package vn.kydai.bench.load;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A desk's events in a fixed round: of 35, 24 steps of tickets, 7 of dossiers and 4 ratings; see docs/performance.md. */
final class DeskWriter implements Writer {
    private static final int ROUND = 35;
    private static final int TICKETS = 24;
    private static final int DOSSIERS = 31;
    private static final String[] STEPS = {"issued", "called", "served"};
    private static final int[] STATUSES = {2, 4, 9, 10};
    private static final String[] CHANNELS = {"online", "online", "counter", "post"};
    private static final String[] PROCEDURES = {"1.001193", "1.000894", "1.004873", "2.000635"};
    private static final int MAX_NUMBER = 1_000_000;

    private final String run;
    private final String idPrefix;
    private final int desk;
    private final MicrosText times = new MicrosText();
    private long newestMicros = Long.MIN_VALUE;
    private long number;
    private long tickets;
    private long dossiers;
    private long ratings;

    DeskWriter(Fleet.Member member, String run) {
        this.run = run;
        this.desk = member.number();
        this.idPrefix = run + "-d" + desk + "-";
    }

    @Override
    public Outgoing next(long epochMicros) {
        newestMicros = Math.max(epochMicros, newestMicros + 1);
        long place = number % ROUND;
        String kind = place < TICKETS ? "ticket" : place < DOSSIERS ? "dossier" : "rating";
        String fields = place < TICKETS ? ticket() : place < DOSSIERS ? dossier() : rating();
        return new Outgoing(kind, idPrefix + number++, times.of(newestMicros), fields, false, 0);
    }

    private String ticket() {
        long ticket = tickets / STEPS.length;
        String step = STEPS[(int) (tickets++ % STEPS.length)];
        return "\"ticket\":\"" + run + "-" + ticket + "\",\"step\":\"" + step + "\",\"counter\":\"" + ticket % 8 + "\"";
    }

    private String dossier() {
        long dossier = dossiers / STATUSES.length;
        int status = STATUSES[(int) (dossiers++ % STATUSES.length)];
        String day = DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT)
                .format(Instant.ofEpochSecond(TimeUnit.MICROSECONDS.toSeconds(newestMicros))
                        .atOffset(ZoneOffset.UTC));
        String code = String.format(Locale.ROOT, "H57.%s.%03d-%s-%06d", unit(), desk, day, dossier % MAX_NUMBER);
        return "\"dossier\":\"" + code + "\",\"procedure\":\"" + PROCEDURES[(int) (dossier % PROCEDURES.length)]
                + "\",\"status\":" + status + ",\"channel\":\"" + CHANNELS[(int) (dossier % CHANNELS.length)]
                + "\",\"digitised\":" + (dossier % 5 != 0);
    }

    /** Keeps one run's dossiers apart from another's. */
    private String unit() {
        int hash = Math.floorMod(run.hashCode(), 36 * 36 * 36);
        String base36 = Integer.toString(hash, 36).toUpperCase(Locale.ROOT);
        return "0".repeat(3 - base36.length()) + base36;
    }

    private String rating() {
        long rating = ratings++;
        String level = rating % 20 == 0 ? "dissatisfied" : rating % 4 == 0 ? "satisfied" : "very_satisfied";
        return "\"level\":\"" + level + "\",\"counter\":\"" + rating % 8 + "\"";
    }
}
