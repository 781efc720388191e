package vn.kydai.aggregate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Picture.Sensor;
import vn.kydai.registry.Registry;

/** What the wall shows as a sensor: a metric of a device, or what is worked out from several. */
interface Instrument {
    /** Shows it at an instant; the same instance as long as nothing changes, absent while there is nothing to show. */
    @Nullable
    Sensor sensor(Instant now, Registry registry);
}
