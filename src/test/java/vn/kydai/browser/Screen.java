package vn.kydai.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One screen as it is looked at: in the gates of {@link ScreensIT} and as a picture of that name, its language appended,
 * in {@code docs/screens}.
 *
 * @param path its address, without language and token
 * @param document what the wall's socket says to it
 */
record Screen(String name, String path, Function<WallDay, ObjectNode> document) {
    /** Every screen there is. A new one is a line here. */
    static final List<Screen> ALL = Stream.of(
                    both("wall", "/wall", WallDay::alarmed),
                    both("wall-calm", "/wall", WallDay::calm),
                    both("wall-holiday", "/wall", WallDay::holiday),
                    both("province", "/wall?scope=46", ProvinceDay::document),
                    both("room", "/wall?scope=19867", WallDay::alarmedLeaf),
                    both("room-calm", "/wall?scope=19867", WallDay::calmLeaf),
                    one("wall-voronoi", "/wall?map=voronoi", WallDay::calm),
                    one("wall-tiles", "/wall?map=tiles", WallDay::calm),
                    one("counter", "/counter?scope=19867", WallDay::leaf),
                    one("counter-closed", "/counter?scope=19867", WallDay::closedLeaf),
                    one("setup", "/setup", WallDay::document),
                    one("reports", "/reports", WallDay::document),
                    one("operator", "/operator?scope=477", DeskDay::document),
                    one("operator-replay", "/operator?scope=477&at=" + DeskDay.THEN, DeskDay::document),
                    one("signin", "/signin", WallDay::document))
            .flatMap(Function.identity())
            .toList();

    private static Stream<Screen> one(String name, String path, Function<WallDay, ObjectNode> document) {
        return Stream.of(new Screen(name, path, document));
    }

    /** For readers near and far. */
    private static Stream<Screen> both(String name, String path, Function<WallDay, ObjectNode> document) {
        return Stream.of(
                new Screen(name + "-near", path, document),
                new Screen(name + "-far", path + (path.contains("?") ? "&" : "?") + "density=far", document));
    }

    /** The address with language and token. */
    String address(String language) {
        return path + (path.contains("?") ? "&" : "?") + "lang=" + language + "#token=" + WallServer.TOKEN;
    }

    @Override
    public String toString() {
        return name;
    }
}
