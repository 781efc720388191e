package vn.kydai.cli;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.kydai.access.Access;
import vn.kydai.access.Caller;
import vn.kydai.access.Role;
import vn.kydai.access.Secrets;
import vn.kydai.database.Database;
import vn.kydai.registry.Addition;
import vn.kydai.registry.Areas;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.Registry;
import vn.kydai.registry.SourceStore;
import vn.kydai.registry.Sources.Source;

/**
 * Gives the demo's sources their tokens, and one each to the wall and to an administrator. The database keeps hashes; the
 * tokens themselves stay in a file of the demo, so that a second start, and the simulator alone, use the same.
 */
final class Provisioning {
    /** The demo's district. */
    private static final String DISTRICT = "477";

    private final SourceStore sources;
    private final Access access;
    private final DemoFiles files;
    private final InstantSource clock;
    private final Map<String, String> tokens;
    private boolean isAnyKnown;

    Provisioning(Database database, DemoFiles files, InstantSource clock) {
        this.sources = new SourceStore(database.pool());
        this.access = AccessTo.tokens(database, clock);
        this.files = files;
        this.clock = clock;
        this.tokens = new LinkedHashMap<>(files.tokens());
    }

    /** Completes when every token in the file is good; the wall shows the demo's district. */
    Future<DemoAccess> provide(Registry registry) {
        return provide(registry, DISTRICT);
    }

    /** Completes when every token in the file is good; the wall shows an area. */
    Future<DemoAccess> provide(Registry registry, String area) {
        List<Source> senders = registry.sources().all().stream()
                .filter(source -> !source.isRevoked() && source.behind() == null)
                .sorted(Comparator.comparing(Source::id))
                .toList();
        Future<Void> done = Future.succeededFuture();
        for (Source source : senders) {
            done = done.compose(before -> provideSource(source));
        }
        String scope = scope(registry.areas(), area);
        return done.compose(before -> provideViewer(DemoFiles.WALL, Role.WALL, scope))
                .compose(before -> provideViewer(DemoFiles.ADMIN, Role.ADMIN, scope))
                .map(before -> {
                    files.keepTokens(tokens);
                    return provided();
                });
    }

    private DemoAccess provided() {
        Map<String, String> ofSources = new LinkedHashMap<>(tokens);
        String wall = ofSources.remove(DemoFiles.WALL);
        String admin = ofSources.remove(DemoFiles.ADMIN);
        if (wall == null || admin == null) {
            throw new IllegalStateException("the viewers' tokens are missing");
        }
        return new DemoAccess(ofSources, wall, admin, !isAnyKnown);
    }

    private Future<Void> provideSource(Source source) {
        String token = tokens.computeIfAbsent(source.id(), id -> Secrets.create());
        return access.device(source.id(), token).compose(found -> {
            if (found.isPresent()) {
                isAnyKnown = true;
                return Future.succeededFuture();
            }
            String area = source.areaAt(clock.instant());
            return sources.add(
                    new Addition(source.id(), area, source.kind(), source.behind(), Secrets.hash(token)),
                    clock.instant());
        });
    }

    private Future<Void> provideViewer(String key, Role role, String scope) {
        Future<Optional<Caller>> found = tokens.containsKey(key)
                ? access.bearer(tokens.getOrDefault(key, ""))
                : Future.succeededFuture(Optional.empty());
        return found.compose(caller -> caller.isPresent()
                ? Future.succeededFuture()
                : access.addToken(role, scope, 0, "demo " + role.id(), clock.instant(), AccessTo.WHO)
                        .onSuccess(token -> tokens.put(key, token))
                        .mapEmpty());
    }

    private static String scope(Areas areas, String wanted) {
        return areas.find(wanted)
                .or(() -> areas.all().stream()
                        .filter(area -> area.parent() == null)
                        .findFirst())
                .map(Area::id)
                .orElseThrow(() -> new Refusal("areas.yaml: found no area; allowed: at least one"));
    }
}
