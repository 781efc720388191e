package vn.kydai.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import vn.kydai.config.Nearest;
import vn.kydai.config.Settings;
import vn.kydai.config.SettingsReader;
import vn.kydai.database.Database;
import vn.kydai.registry.Areas.Area;
import vn.kydai.registry.Parts;

/** What a command works on: a configuration directory and a data directory. */
final class Installation {
    private final Directories directories;

    Installation(Directories directories) {
        this.directories = directories;
    }

    /** Returns an installation of the same configuration whose data are in a directory of their own within this one's. */
    Installation below(String name) {
        return new Installation(directories.below(name));
    }

    Directories directories() {
        return directories;
    }

    /** Reads the settings; fails with {@link vn.kydai.config.ConfigurationException}. */
    Settings settings() {
        return SettingsReader.read(directories.config(), System.getenv());
    }

    /** Reads areas, sources and the rest; fails with {@link vn.kydai.config.ConfigurationException}. */
    Parts parts() {
        return Parts.load(directories.config());
    }

    /** Returns the area's id, or refuses one that the configuration does not have. */
    String checkedArea(String option, String id) {
        List<Area> areas = parts().registry().areas().all();
        List<String> known = areas.stream().map(Area::id).toList();
        if (!known.contains(id)) {
            throw new Refusal(option + ": found " + id + Nearest.hint(id, known) + "; allowed: an id of "
                    + directories.config().resolve("areas.yaml"));
        }
        return id;
    }

    /** Works on the database, a running server's or one started for the moment, and closes what it opened. */
    <T> T withDatabase(Function<Database, Future<T>> work) throws Exception {
        Settings.Database settings = settings().database();
        Vertx vertx = Vertx.vertx();
        try {
            return Waiting.on(Database.open(vertx, settings, directories.data(), Database.Ownership.COMMAND)
                    .compose(database -> work.apply(database).eventually(database::close)));
        } finally {
            Waiting.on(vertx.close());
        }
    }
}
