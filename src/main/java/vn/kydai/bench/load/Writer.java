package vn.kydai.bench.load;

import vn.kydai.bench.load.LoadOrder.Mix;

/** What one source sends, one event after the other. One thread. */
interface Writer {
    /** Returns the next event, which happens at a moment, in microseconds since 1970. */
    Outgoing next(long epochMicros);

    /** Returns the writer of a desk or a sensor. */
    static Writer of(Fleet.Member member, String run, Mix mix) {
        Fleet.Meter meter = member.meter();
        if (meter == null) {
            return new DeskWriter(member, run);
        }
        return mix == Mix.ALARMS && meter.metric().equals(AlarmWriter.METRIC)
                ? new AlarmWriter(member, meter, run)
                : new SensorWriter(member, meter, run, mix == Mix.FLOOD);
    }
}
