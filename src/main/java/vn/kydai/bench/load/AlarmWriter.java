package vn.kydai.bench.load;

import java.util.concurrent.TimeUnit;

/**
 * An anemometer's readings: calm for a second, a storm for a second, at moments of its own. Each storm blows at a speed of
 * its own, so that an alarm that shows it proves which reading raised it.
 */
public final class AlarmWriter implements Writer {
    /** Id of the rule that watches them. */
    public static final String RULE = "bench-storm";

    /** The metric: one whose values may jump. */
    public static final String METRIC = "wind";

    /** Metres a second from which on it is a storm. */
    public static final int STORM = 30;

    private static final long PHASE_MICROS = TimeUnit.SECONDS.toMicros(1);
    private static final int CALM = 500;
    private static final int HUNDREDTHS = 100;

    /** Speeds stay plausible; the same one comes back after two hours. */
    private static final int STORMS = 3_600;

    /** Spreads the sensors over a phase: prime to it, so that none falls on another's moment. */
    private static final long APART_MICROS = 617_003;

    private final Fleet.Meter meter;
    private final String idPrefix;
    private final long apart;
    private final MicrosText times = new MicrosText();
    private long newestMicros = Long.MIN_VALUE;
    private long storm = -1;
    private long number;

    AlarmWriter(Fleet.Member member, Fleet.Meter meter, String run) {
        this.meter = meter;
        this.idPrefix = run + "-" + member.number() + "-";
        this.apart = member.number() * APART_MICROS;
    }

    @Override
    public Outgoing next(long epochMicros) {
        newestMicros = Math.max(epochMicros, newestMicros + 1);
        long phase = (newestMicros + apart) / PHASE_MICROS;
        boolean isStorm = phase % 2 == 1;
        long speed = isStorm ? (long) STORM * HUNDREDTHS + 1 + phase / 2 % STORMS : CALM;
        boolean isFirst = isStorm && phase != storm;
        if (isFirst) {
            storm = phase;
        }
        String fields = SensorWriter.fields(meter, SensorWriter.decimal(speed, HUNDREDTHS));
        return new Outgoing(
                "reading", idPrefix + number++, times.of(newestMicros), fields, false, 0, isFirst ? speed : 0);
    }
}
