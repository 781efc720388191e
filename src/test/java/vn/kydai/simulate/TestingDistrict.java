package vn.kydai.simulate;

import java.nio.file.Path;
import vn.kydai.registry.Parts;
import vn.kydai.registry.Registry;

/** The registry the product ships. */
final class TestingDistrict {
    private TestingDistrict() {}

    static Registry registry() {
        return Parts.load(Path.of("config")).registry();
    }
}
