package vn.kydai.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AotCacheTest {
    @Test
    void aCacheIsOfOneJarOnARecentJava() {
        assertEquals(Optional.empty(), AotCache.obstacle("target/kydai.jar", 25));
        assertEquals(Optional.of("Java 24 is older than 25"), AotCache.obstacle("target/kydai.jar", 24));
        assertEquals(Optional.of("it does not run from a jar"), AotCache.obstacle("target/classes", 25));
        assertEquals(
                Optional.of("it does not run from a jar"),
                AotCache.obstacle("target/classes" + File.pathSeparator + "other.jar", 25));
    }
}
