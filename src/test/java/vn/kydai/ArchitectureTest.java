package vn.kydai;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout of docs/architecture.md as a test. */
class ArchitectureTest {
    private static final Set<String> ALL_BUT_THE_COMMAND_LINE = Set.of(
            "event",
            "meter",
            "config",
            "registry",
            "bus",
            "database",
            "journal",
            "access",
            "http",
            "ingest",
            "aggregate",
            "alarm",
            "outbound",
            "wall",
            "report",
            "verify",
            "ops",
            "simulate",
            "transfer",
            "bench");

    /** Package -> the packages of ours it may import. Nothing else may be imported. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("meter", Set.of()),
            Map.entry("config", Set.of("event")),
            Map.entry("registry", Set.of("event", "config")),
            Map.entry("bus", Set.of("event")),
            Map.entry("database", Set.of("event", "config")),
            Map.entry("journal", Set.of("event", "meter", "config", "bus")),
            Map.entry("access", Set.of("event", "meter", "config")),
            Map.entry("http", Set.of("event", "meter", "config", "access")),
            Map.entry("ingest", Set.of("event", "meter", "config", "registry", "bus", "journal", "access")),
            Map.entry("aggregate", Set.of("event", "meter", "config", "registry", "bus", "journal")),
            Map.entry("alarm", Set.of("event", "meter", "config", "registry", "bus", "journal", "access")),
            Map.entry("outbound", Set.of("event", "meter", "config", "registry", "bus", "journal", "access")),
            Map.entry("wall", Set.of("event", "meter", "config", "registry", "bus", "journal", "access")),
            Map.entry("report", Set.of("event", "meter", "config", "registry", "journal", "access")),
            Map.entry("verify", Set.of("event", "config")),
            Map.entry("ops", Set.of("event", "meter", "config", "bus")),
            Map.entry("simulate", Set.of("event", "config", "registry")),
            Map.entry("transfer", Set.of("event", "config", "registry")),
            Map.entry("bench", Set.of("event", "config", "registry", "database")),
            Map.entry("cli", ALL_BUT_THE_COMMAND_LINE));

    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_PARAMETERS = 8;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("vn.kydai");

    static Stream<Arguments> packages() {
        return MAY_IMPORT.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0} imports only {1}")
    @MethodSource("packages")
    void importsOnlyWhatTheTableAllows(String name, Set<String> allowed) {
        String[] forbidden = MAY_IMPORT.keySet().stream()
                .filter(other -> !other.equals(name) && !allowed.contains(other))
                .map(other -> "vn.kydai." + other + "..")
                .toArray(String[]::new);
        if (forbidden.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage("vn.kydai." + name + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .check(MAIN);
        }
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> found = new TreeSet<>();
        MAIN.forEach(type -> found.add(
                type.getPackageName().replaceFirst("^vn\\.kydai\\.?", "").replaceFirst("\\..*", "")));
        found.remove("");
        assertEquals(new TreeSet<>(MAY_IMPORT.keySet()), found);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("vn.kydai.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void onlyTheCommandLineImportsTheRoot() {
        noClasses()
                .that(resideInAPackage("vn.kydai.*..")
                        .and(resideInAPackage("vn.kydai.cli..").negate().forSubtype()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("vn.kydai")
                .check(MAIN);
    }

    @Test
    void eventsAreImmutableValues() {
        classes()
                .that()
                .resideInAPackage("vn.kydai.event")
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .orShould()
                .beEnums()
                .check(MAIN);
    }

    @Test
    void messagesAreNeverCopiedBySerialization() {
        noClasses()
                .that()
                .resideInAPackage("vn.kydai.event")
                .and()
                .areRecords()
                .should()
                .implement(Serializable.class)
                .check(MAIN);
    }

    @Test
    void pureLogicDoesNotKnowVertx() {
        noClasses()
                .that()
                .resideInAnyPackage("vn.kydai.event..", "vn.kydai.config..")
                .or(resideInAPackage("vn.kydai.aggregate..")
                        .and(resideInAPackage("vn.kydai.aggregate.store..")
                                .negate()
                                .forSubtype())
                        .and(nameMatching(".*Verticle(\\$.*)?").negate().forSubtype()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(MAIN);
    }

    @Test
    void timeComesFromAnInjectedSource() {
        noClasses()
                .that()
                .resideInAPackage("vn.kydai..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(MAIN);
    }

    @Test
    void noConstructorTakesMoreThanAFewThings() {
        List<String> wide = MAIN.stream()
                .filter(type -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass())
                .flatMap(type -> type.getConstructors().stream())
                .filter(constructor -> constructor.getRawParameterTypes().size() > MAX_PARAMETERS)
                .map(constructor -> constructor.getFullName())
                .toList();
        assertEquals(List.of(), wide, "make a record of the parameters");
    }

    @Test
    void noFileIsLong() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<String> tooLong = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > MAX_FILE_LINES)
                    .map(Path::toString)
                    .toList();
            assertEquals(List.of(), tooLong, "split these");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        List<String> silent = MAIN.stream()
                .map(type -> type.getPackageName())
                .distinct()
                .filter(name -> !Files.exists(Path.of("src/main/java", name.replace('.', '/'), "package-info.java")))
                .toList();
        assertTrue(silent.isEmpty(), () -> "no package-info.java in " + silent);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
