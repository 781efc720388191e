package vn.kydai.cli;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vn.kydai.access.Secrets;
import vn.kydai.registry.Addition;
import vn.kydai.registry.Addition.Placing;
import vn.kydai.registry.Parts;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources.SourceKind;

/** Registers a source, moves it, or gives it a new token; prints the token and nothing else. */
@Command(
        name = "add",
        description = "Registers a source, moves a known one, or renews its token. Prints the token.",
        mixinStandardHelpOptions = true)
final class DeviceAdd implements Callable<Integer> {
    private final Installation installation;
    private final Console console;

    @Option(names = "--area", required = true, paramLabel = "AREA", description = "id of the area it belongs to")
    private String area = "";

    @Option(names = "--id", required = true, paramLabel = "ID", description = "its source id, [0-9A-Za-z_.-]{1,64}")
    private String id = "";

    @Option(names = "--kind", required = true, paramLabel = "KIND", description = "desk, sensor or gateway")
    private String kind = "";

    @Option(names = "--behind", paramLabel = "GATEWAY", description = "id of the gateway that may speak for it")
    private @Nullable String behind;

    @Option(names = "--name", paramLabel = "NAME", description = "what the place is called, for people")
    private @Nullable String name;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description =
                    "what it measures, in the unit and as often as thresholds.yaml says; several times for several,"
                            + " the main one first (default: what it sends)")
    private List<String> metrics = List.of();

    @Option(
            names = "--levels",
            split = ",",
            paramLabel = "LEVEL",
            description = "alert levels of its main metric, in the metric's unit, rising: 1.5,3,4.5")
    private @Nullable List<Double> levels;

    @Option(names = "--lat", paramLabel = "DEGREES", description = "where it stands on the map: latitude, WGS84, 16.57")
    private @Nullable Double latitude;

    @Option(
            names = "--lon",
            paramLabel = "DEGREES",
            description = "where it stands on the map: longitude, WGS84, 107.51")
    private @Nullable Double longitude;

    @Option(names = "--no-place", description = "take it off the map")
    private boolean isNowhere;

    DeviceAdd(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Parts parts = installation.parts();
        String token = Secrets.create();
        Addition addition = new Addition(
                id,
                installation.checkedArea("--area", area),
                kind(),
                behind,
                Secrets.hash(token),
                name,
                parts.registry().thresholds().ofDevice(metrics),
                levels,
                placing());
        InstantSource clock = InstantSource.system();
        installation.withDatabase(database -> {
            SourceStore sources = new SourceStore(database.pool());
            Future<Void> imported = sources.importIfAbsent(parts.sources(), clock.instant());
            return imported.compose(done -> sources.add(addition, clock.instant()));
        });
        console.out().println(token);
        return 0;
    }

    private @Nullable Placing placing() {
        if (!isNowhere) {
            return Addition.placing(latitude, longitude);
        }
        if (latitude != null || longitude != null) {
            throw new Refusal("--no-place: found --lat or --lon too; allowed: either where it stands, or --no-place");
        }
        return Placing.NOWHERE;
    }

    private SourceKind kind() {
        return SourceKind.ofId(kind.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new Refusal("--kind: found " + kind + "; allowed: desk, sensor, gateway"));
    }
}
