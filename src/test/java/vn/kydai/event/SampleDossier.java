package vn.kydai.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier.Channel;

/** What a test's source tells of a dossier at a counter; what the test is not about is not said. */
public record SampleDossier(
        String code,
        String procedure,
        int status,
        @Nullable Instant receivedAt,
        @Nullable Instant dueAt,
        @Nullable String decidingArea) {
    /** One of which nothing but its status is said. */
    public static SampleDossier of(String code, String procedure, int status) {
        return new SampleDossier(code, procedure, status, null, null, null);
    }

    /** The same, received at a moment. */
    public SampleDossier received(@Nullable Instant at) {
        return new SampleDossier(code, procedure, status, at, dueAt, decidingArea);
    }

    /** The same with the date that was promised by law. */
    public SampleDossier due(@Nullable Instant at) {
        return new SampleDossier(code, procedure, status, receivedAt, at, decidingArea);
    }

    /** The same, decided elsewhere. */
    public SampleDossier decidedIn(@Nullable String area) {
        return new SampleDossier(code, procedure, status, receivedAt, dueAt, area);
    }

    /** Returns what is sent. */
    public Dossier told() {
        return new Dossier(
                code,
                procedure,
                DossierStatus.of(status).orElseThrow(),
                Channel.COUNTER,
                null,
                null,
                receivedAt,
                dueAt,
                null,
                decidingArea,
                null,
                null,
                null,
                null);
    }
}
