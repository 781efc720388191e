package vn.kydai.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Figures;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;
import vn.kydai.event.Event;
import vn.kydai.event.Journaled;
import vn.kydai.event.SampleDossier;
import vn.kydai.registry.WorkingCalendar;

/** Dossiers as desks tell of them, folded; times are local. */
final class Desk {
    static final String PROCEDURE = "1.004873";

    private final List<Event> configuration = new ArrayList<>();
    private final List<Event> steps = new ArrayList<>();

    /** Starts with an area tree. */
    Desk(String areas) {
        configure(Part.AREAS, areas);
        configure(Part.PROCEDURES, ReportFixture.PROCEDURES);
    }

    static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
    }

    void step(String code, String area, String local, int status) {
        step(code, area, at(local), status, PROCEDURE, Channel.COUNTER);
    }

    void step(String code, String area, Instant time, int status, String procedure, Channel channel) {
        Dossier dossier = new Dossier(
                code,
                procedure,
                DossierStatus.of(status).orElseThrow(),
                channel,
                "Q" + code.charAt(code.length() - 1),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                channel == Channel.ONLINE,
                null);
        add(steps, "desk-" + area, area, time, dossier);
    }

    /** Receives one that another area decides. */
    void named(String code, String area, String local, String decidingArea) {
        add(steps, "desk-" + area, area, at(local), dossier(code, 2, null, decidingArea));
    }

    /** Tells of one with the moment of its reception. */
    void stated(String code, String area, String local, int status, String receivedAt) {
        add(steps, "desk-" + area, area, at(local), dossier(code, status, at(receivedAt), null));
    }

    private static Dossier dossier(
            String code, int status, @Nullable Instant receivedAt, @Nullable String decidingArea) {
        return SampleDossier.of(code, PROCEDURE, status)
                .received(receivedAt)
                .decidedIn(decidingArea)
                .told();
    }

    /** Folds everything; with a random source, in any order. */
    Figures folded(@Nullable Random random) {
        List<Event> told = new ArrayList<>(steps);
        if (random != null) {
            Collections.shuffle(told, random);
        }
        List<Event> all = new ArrayList<>(configuration);
        all.addAll(told);
        Figures figures = new Figures();
        Instant ingestTime = at("2026-11-25T09:00");
        for (int index = 0; index < all.size(); index++) {
            figures.apply(new Journaled(index + 1L, ingestTime, all.get(index)));
        }
        return figures;
    }

    private void configure(Part part, String content) {
        add(configuration, "kydai", "-", at("2020-01-01T00:00"), new Configuration(part, "digest", content));
    }

    private void add(List<Event> events, String source, String area, Instant time, Data data) {
        String id = "e-" + configuration.size() + "-" + steps.size();
        events.add(new Event(id, source, area, time, false, null, data));
    }
}
