package vn.kydai.bench.load;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A sensor's readings. A gauge's value counts them, so that a wall that shows one proves that it and those before have
 * arrived; it stays inside the metric's plausible range, since a wall shows no bad reading.
 */
final class SensorWriter implements Writer {
    static final String GAUGE = "water_level";

    /** Millimetres a gauge counts through before it begins again. */
    static final long GAUGE_STEPS = 90_000;

    /** Of the flood's readings; see docs/performance.md. */
    private static final double REPEATED = 0.02;

    private static final double LATE = 0.06;
    private static final double OUT_OF_ORDER = 0.02;
    private static final long LONGEST_BACKLOG = TimeUnit.HOURS.toMicros(6);
    private static final long SHORTEST_BACKLOG = TimeUnit.MINUTES.toMicros(10);
    private static final long LONGEST_SWAP = TimeUnit.SECONDS.toMicros(60);
    private static final long SHORTEST_SWAP = TimeUnit.SECONDS.toMicros(2);

    private final Fleet.Meter meter;
    private final String idPrefix;
    private final boolean isFlood;
    private final SplittableRandom random;
    private final MicrosText times = new MicrosText();
    private @Nullable Outgoing last;
    private long newestMicros = Long.MIN_VALUE;
    private long number;
    private long shown;

    SensorWriter(Fleet.Member member, Fleet.Meter meter, String run, boolean isFlood) {
        this.meter = meter;
        this.idPrefix = run + "-" + member.number() + "-";
        this.isFlood = isFlood;
        this.random = new SplittableRandom(member.number());
        // Another run counts from elsewhere: what the last one left on the wall must not look like news, nor hide it.
        this.shown = new SplittableRandom(run.hashCode()).nextLong(GAUGE_STEPS);
    }

    @Override
    public Outgoing next(long epochMicros) {
        double draw = isFlood ? random.nextDouble() : 1;
        if (draw < REPEATED && last != null) {
            return last.repeated();
        }
        long micros = Math.max(epochMicros, newestMicros + 1);
        boolean isLate = draw < REPEATED + LATE;
        boolean isSwapped = !isLate && draw < REPEATED + LATE + OUT_OF_ORDER;
        Outgoing event;
        if (isLate) {
            event = event(micros - random.nextLong(SHORTEST_BACKLOG, LONGEST_BACKLOG), 0);
        } else if (isSwapped) {
            event = event(micros - random.nextLong(SHORTEST_SWAP, LONGEST_SWAP), 0);
        } else {
            newestMicros = micros;
            shown++;
            event = event(micros, meter.metric().equals(GAUGE) ? shown : 0);
        }
        last = event;
        return event;
    }

    private Outgoing event(long micros, long counted) {
        String fields = fields(meter, value());
        return new Outgoing("reading", idPrefix + number++, times.of(micros), fields, false, counted);
    }

    private String value() {
        return switch (meter.metric()) {
            case GAUGE -> decimal(shown % GAUGE_STEPS, 1_000);
            case "rain" -> decimal(number % 50, 100);
            case "humidity" -> decimal(number % 1_000, 10);
            default -> decimal(number % 4_000, 100);
        };
    }

    /** Writes the members of a reading. */
    static String fields(Fleet.Meter meter, String value) {
        return "\"metric\":\"" + meter.metric() + "\",\"value\":" + value + ",\"unit\":\"" + meter.unit() + "\"";
    }

    /** Writes exactly what the value is: a double's digits would be checked and stored as noise. */
    static String decimal(long steps, int perUnit) {
        String fraction = Long.toString(perUnit + steps % perUnit).substring(1);
        return steps / perUnit + "." + fraction;
    }
}
