package vn.kydai.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Starts the server and stops it again: with its own database, and with one that runs already. */
final class StartupRun {
    static final String TABLE = "From the start of the process to its ready line";
    static final String EMBEDDED = "embedded PostgreSQL, data directory there";
    static final String EXTERNAL = "external PostgreSQL";

    private final Site site;
    private final boolean isEmbedded;

    StartupRun(Site site, boolean isEmbedded) {
        this.site = site;
        this.isEmbedded = isEmbedded;
    }

    /** Returns the figures by case. */
    Map<String, Map<String, Double>> run() throws Exception {
        Map<String, Map<String, Double>> cases = new LinkedHashMap<>();
        if (!isEmbedded) {
            cases.put(EXTERNAL, start(Map.of()));
            return cases;
        }
        cases.put(EMBEDDED, start(Map.of()));
        site.withDatabase((options, sql) -> {
            String uri = "postgresql://" + options.getUser() + ":" + options.getPassword() + "@" + options.getHost()
                    + ":" + options.getPort() + "/" + options.getDatabase();
            cases.put(EXTERNAL, start(Map.of("KYDAI_DATABASE_URI", uri)));
        });
        return cases;
    }

    private Map<String, Double> start(Map<String, String> settings) throws IOException {
        try (ServerChild server = site.start(settings)) {
            return Map.of(Columns.READY, server.readySeconds());
        }
    }
}
