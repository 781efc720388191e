package vn.kydai.config;

/** The settings of a whole server in a test. */
public final class TestSettings {
    private TestSettings() {}

    /** Returns the defaults, but on loopback and on whatever ports are free. */
    public static Settings onFreePorts() {
        Settings defaults = Settings.DEFAULTS;
        Settings.Ingest ingest = defaults.ingest();
        return new Settings(
                new Settings.Http("127.0.0.1", 0, "", "", 100, 30),
                new Settings.Management("127.0.0.1", 0),
                new Settings.Ingest(
                        ingest.clockSkewSeconds(),
                        ingest.maxEventBytes(),
                        new Settings.Mqtt("embedded", "127.0.0.1", 0, 0, "", "", 0, 100, 100),
                        ingest.http()),
                defaults.journal(),
                defaults.aggregate(),
                defaults.database(),
                defaults.wall(),
                defaults.report(),
                defaults.demo());
    }
}
