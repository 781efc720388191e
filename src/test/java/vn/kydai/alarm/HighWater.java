package vn.kydai.alarm;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import vn.kydai.access.Role;
import vn.kydai.event.Reading;

/** A live stage on which the alarm {@code high:wl-1} stands, and somebody who may act on it. */
abstract class HighWater {
    final LiveStage stage;
    final String an;

    /**
     * Sets it up.
     *
     * @param steps of the rule {@code high} on the water's level, the first of them at 2.5 m or below
     */
    HighWater(String steps) throws IOException {
        stage = new LiveStage(Site.rules("'id': 'high', 'watch': 'value', 'metric': 'water_level', 'steps': " + steps));
        an = stage.http.signIns.addToken(Role.OPERATOR, "477", 0);
    }

    @BeforeEach
    void raise() throws Exception {
        stage.start();
        stage.tell("wl-1", "19867", new Reading("water_level", 2.6, "m", null));
        stage.decide(1);
    }

    @AfterEach
    void close() {
        stage.close();
    }
}
