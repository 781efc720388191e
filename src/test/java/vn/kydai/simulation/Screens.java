package vn.kydai.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import vn.kydai.event.Picture;
import vn.kydai.wall.SimulatedWall;

/** The walls of the region: each begins with a snapshot and goes on by patches, and comes back after a while away. */
final class Screens {
    private static final int MOST = 4;

    private final Plants plants;
    private final List<SimulatedWall.Screen> watching = new ArrayList<>();
    private final List<SimulatedWall.Screen> away = new ArrayList<>();
    private SimulatedWall wall = new SimulatedWall(Town.REGION);

    Screens(Plants plants) {
        this.plants = plants;
    }

    /** The server that knew them is gone: all begin anew, in another epoch. */
    void restarted() {
        wall = new SimulatedWall(Town.REGION);
        watching.clear();
        away.clear();
    }

    void show(Picture picture) {
        Optional<String> patch = wall.show(picture);
        patch.map(plants::patch).ifPresent(text -> watching.forEach(screen -> screen.take(text)));
    }

    /** One comes, or goes, or comes back. */
    void come(SplittableRandom random) {
        if (!wall.isShown()) {
            return;
        }
        if (!away.isEmpty() && random.nextBoolean()) {
            SimulatedWall.Screen back = away.remove(random.nextInt(away.size()));
            Optional<List<String>> missed = wall.since(back.seq());
            missed.ifPresentOrElse(
                    patches -> patches.stream().map(plants::patch).forEach(back::take),
                    () -> back.take(wall.snapshot()));
            watching.add(back);
        } else if (watching.size() < MOST) {
            SimulatedWall.Screen next = new SimulatedWall.Screen();
            next.take(wall.snapshot());
            watching.add(next);
        } else {
            away.add(watching.remove(random.nextInt(watching.size())));
        }
    }

    String document() {
        return wall.text();
    }

    /** What each has by its patches is what there is. */
    void check() {
        for (SimulatedWall.Screen screen : watching) {
            Violation.unless(screen.seq() == wall.seq(), "a screen is at tick " + screen.seq() + " of " + wall.seq());
            Checks.same(wall.text(), screen.text(), "a screen shows otherwise than the wall");
        }
    }
}
