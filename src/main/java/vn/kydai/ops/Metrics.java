package vn.kydai.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import vn.kydai.meter.Meters;

/** The one registry of metrics, and what every process measures about itself. Close it last. */
public final class Metrics implements AutoCloseable {
    /** Netty labels its allocators with a number that is another one at each start. */
    private static final MeterFilter WITHOUT_ALLOCATOR_IDS = new MeterFilter() {
        @Override
        public Meter.Id map(Meter.Id id) {
            return id.getName().startsWith("netty.")
                    ? id.replaceTags(id.getTags().stream()
                            .filter(tag -> !tag.getKey().equals("id"))
                            .toList())
                    : id;
        }
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final JvmHeapPressureMetrics heapPressure = new JvmHeapPressureMetrics();

    /** Starts measuring the JVM, the process and Netty's buffers. */
    public Metrics() {
        registry.config().meterFilter(WITHOUT_ALLOCATOR_IDS);
        new JvmMemoryMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        heapPressure.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new NettyAllocatorMetrics(PooledByteBufAllocator.DEFAULT).bindTo(registry);
    }

    /** Returns the registry the stages count in. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Watches how much room is left on the disk of a directory, which need not be there yet. */
    public void watchDisk(Path directory) {
        Meters meters = new Meters(registry, "disk");
        meters.gauge(
                "free",
                "bytes",
                "room left on the data directory's disk",
                () -> there(directory).getUsableSpace());
        meters.gauge(
                "size",
                "bytes",
                "size of the data directory's disk",
                () -> there(directory).getTotalSpace());
    }

    private static File there(Path directory) {
        Path found = directory.toAbsolutePath();
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found.toFile();
    }

    /**
     * Builds a Vert.x that counts in this registry. Labels are only those with few values: a request's path and method
     * are whatever a stranger sends.
     */
    public VertxBuilder vertx(VertxOptions options) {
        MicrometerMetricsOptions counted = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setLabels(EnumSet.of(
                        Label.HTTP_ROUTE, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME, Label.CLASS_NAME));
        return Vertx.builder()
                .with(new VertxOptions(options).setMetricsOptions(counted))
                .withMetrics(new MicrometerMetricsFactory(registry));
    }

    @Override
    public void close() {
        garbageCollection.close();
        heapPressure.close();
        registry.close();
    }
}
