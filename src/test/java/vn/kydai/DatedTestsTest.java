package vn.kydai;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Which tests the machine's date reaches is known, so that they can be run at other dates. */
class DatedTestsTest {
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("vn.kydai");

    @Test
    void whatTheMachinesClockReachesIsMarked() {
        Set<String> unmarked = names(each -> isTest(each)
                && readsTheClock(each)
                && !each.isAnnotatedWith(ReadsTheDate.class)
                && !each.isAnnotatedWith(UnderLoad.class));

        assertEquals(Set.of(), unmarked, "neither @ReadsTheDate nor @UnderLoad");
    }

    @Test
    void whatIsMarkedReadsTheClock() {
        Set<String> marked = names(each -> each.isAnnotatedWith(ReadsTheDate.class));

        assertFalse(marked.isEmpty());
        assertEquals(marked, names(each -> each.isAnnotatedWith(ReadsTheDate.class) && readsTheClock(each)));
    }

    private static Set<String> names(Predicate<JavaClass> wanted) {
        return TESTS.stream().filter(wanted).map(JavaClass::getSimpleName).collect(toCollection(TreeSet::new));
    }

    private static boolean isTest(JavaClass each) {
        return each.getMethods().stream()
                .anyMatch(method ->
                        method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class));
    }

    /** Whether a test, or what it uses of the tests, asks the machine for its time or starts a server that does. */
    private static boolean readsTheClock(JavaClass test) {
        return asks(test)
                || test.getAllRawSuperclasses().stream().anyMatch(DatedTestsTest::asks)
                || test.getTransitiveDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(TESTS::contain)
                        .map(TESTS::get)
                        .anyMatch(DatedTestsTest::asks);
    }

    private static boolean asks(JavaClass each) {
        return each.getName().endsWith(".ServerProcess")
                || each.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Clock.class)
                                        && call.getName().startsWith("system")
                                || call.getTargetOwner().isEquivalentTo(Instant.class)
                                        && call.getName().equals("now")
                                || call.getTargetOwner().isEquivalentTo(System.class)
                                        && call.getName().equals("currentTimeMillis"));
    }
}
