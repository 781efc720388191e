package vn.kydai.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Starts the server and stops it again: with its own database, and with one that runs already. */
final class StartupRun {
    static final String TABLE = "From the start of the process to its ready line";
    static final String EMBEDDED = "embedded PostgreSQL, data directory there";
    static final String EXTERNAL = "external PostgreSQL";
    static final String CACHED = ", with an AOT cache";

    private final Site site;
    private final boolean isEmbedded;
    private final BiConsumer<String, Map<String, Double>> measured;

    /**
     * Prepares starts.
     *
     * @param measured takes each case's figures
     */
    StartupRun(Site site, boolean isEmbedded, BiConsumer<String, Map<String, Double>> measured) {
        this.site = site;
        this.isEmbedded = isEmbedded;
        this.measured = measured;
    }

    /** Measures plain starts. */
    void plain() throws Exception {
        measure("", List.of());
    }

    /** Measures starts with an AOT cache that is written before; needs that nothing is in its way. */
    void cached() throws Exception {
        measure(CACHED, AotCache.record(site).options());
    }

    private void measure(String how, List<String> options) throws Exception {
        if (!isEmbedded) {
            measured.accept(EXTERNAL + how, start(Map.of(), options));
            return;
        }
        measured.accept(EMBEDDED + how, start(Map.of(), options));
        site.withDatabase((at, sql) -> {
            String uri = "postgresql://" + at.getUser() + ":" + at.getPassword() + "@" + at.getHost() + ":"
                    + at.getPort() + "/" + at.getDatabase();
            measured.accept(EXTERNAL + how, start(Map.of("KYDAI_DATABASE_URI", uri), options));
        });
    }

    private Map<String, Double> start(Map<String, String> settings, List<String> options) throws IOException {
        try (ServerChild server = site.start(settings, options)) {
            return Map.of(Columns.READY, server.readySeconds());
        }
    }
}
