package vn.kydai.cli;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.kydai.access.Access;
import vn.kydai.access.Account;
import vn.kydai.access.Caller;
import vn.kydai.access.People;
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
 * Gives the demo's sources and its wall their tokens, and its people their passwords. The database keeps hashes; what is
 * given stays in a file of the demo, so that a second start, and the simulator alone, use the same.
 */
final class Provisioning {
    /** The demo's district. */
    private static final String DISTRICT = "477";

    /** The people of config/roster.yaml, and who manages the others. */
    private static final List<Account.Terms> PEOPLE = List.of(
            new Account.Terms("truc-ban", "Trực ban", Role.OPERATOR, DISTRICT),
            new Account.Terms("chi-huy", "Chỉ huy", Role.COMMANDER, DISTRICT),
            new Account.Terms("quan-tri", "Quản trị", Role.ADMIN, DISTRICT));

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
        done = done.compose(before -> provideWall(scope));
        for (Account.Terms person : PEOPLE) {
            done = done.compose(
                    before -> providePerson(new Account.Terms(person.name(), person.display(), person.role(), scope)));
        }
        return done.map(before -> {
            files.keepTokens(tokens);
            return provided();
        });
    }

    private DemoAccess provided() {
        Map<String, String> ofSources = new LinkedHashMap<>(tokens);
        String wall = requireNonNull(ofSources.remove(DemoFiles.WALL), "the wall has its token");
        Map<String, String> people = new LinkedHashMap<>();
        for (Account.Terms person : PEOPLE) {
            String password = ofSources.remove(DemoFiles.USER + person.name());
            people.put(person.name(), requireNonNull(password, "everybody has a password"));
        }
        return new DemoAccess(ofSources, wall, people, !isAnyKnown);
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

    private Future<Void> provideWall(String scope) {
        Future<Optional<Caller>> found = tokens.containsKey(DemoFiles.WALL)
                ? access.bearer(tokens.getOrDefault(DemoFiles.WALL, ""))
                : Future.succeededFuture(Optional.empty());
        return found.compose(caller -> caller.isPresent()
                ? Future.succeededFuture()
                : access.addToken(Role.WALL, scope, 0, "demo wall", clock.instant(), AccessTo.WHO)
                        .onSuccess(token -> tokens.put(DemoFiles.WALL, token))
                        .mapEmpty());
    }

    /** One whose first password is no longer in the file gets another: it is the demo's to give. */
    private Future<Void> providePerson(Account.Terms person) {
        String key = DemoFiles.USER + person.name();
        People people = access.people();
        return people.find(person.name())
                .compose(found -> {
                    if (found.isPresent() && tokens.containsKey(key)) {
                        return Future.succeededFuture(Optional.<String>empty());
                    }
                    return found.isPresent()
                            ? people.reset(person.name(), AccessTo.WHO, AccessTo.REMOTE)
                            : people.add(person, AccessTo.WHO, AccessTo.REMOTE);
                })
                .onSuccess(password -> password.ifPresent(given -> tokens.put(key, given)))
                .mapEmpty();
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
