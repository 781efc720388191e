package vn.kydai.aggregate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Configuration;
import vn.kydai.event.Configuration.Part;
import vn.kydai.event.Data;
import vn.kydai.event.Dossier;
import vn.kydai.event.Event;
import vn.kydai.event.Figure;
import vn.kydai.event.Indicator;
import vn.kydai.event.Journaled;
import vn.kydai.event.Picture;
import vn.kydai.event.Rating;
import vn.kydai.event.Reading;
import vn.kydai.event.SampleDossier;
import vn.kydai.event.Ticket;
import vn.kydai.registry.WorkingCalendar;

/** Events as a test tells them, journaled one after the other; times are local. */
final class Story {
    static final String AREAS = """
            {"areas": [
              {"id": "477", "name": "Quảng Điền", "level": "region", "members": ["19867", "19870", "19894"]},
              {"id": "19867", "name": "Sịa", "level": "commune", "validTo": "2025-07-01"},
              {"id": "19870", "name": "Quảng Thái", "level": "commune", "validTo": "2025-07-01"},
              {"id": "19894", "name": "Quảng Thọ", "level": "commune", "validTo": "2025-07-01"}]}
            """;

    static final String SOURCES = """
            {"sources": [
              {"id": "desk-19867", "kind": "desk", "area": "19867"},
              {"id": "desk-19870", "kind": "desk", "area": "19870"},
              {"id": "desk-19894", "kind": "desk", "area": "19894"},
              {"id": "wl-sia", "kind": "sensor", "area": "19867", "name": "Bến Sịa", "station": "sia", "metrics": [
                {"metric": "water_level", "unit": "m", "cadenceSeconds": 600, "levels": [0.8, 1.2, 1.8]},
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600}]},
              {"id": "rain-1", "kind": "sensor", "area": "19894", "metrics": [
                {"metric": "rain", "unit": "mm", "cadenceSeconds": 600, "levels": [30]}]}]}
            """;

    static final String CALENDAR = """
            {"workingWeekdays": ["MON", "TUE", "WED", "THU", "FRI"],
             "hours": [{"months": [1,2,3,4,5,6,7,8,9,10,11,12], "sessions": ["07:30-11:30", "13:00-17:00"]}],
             "daysOff": [{"date": "2026-11-24", "kind": "holiday", "name": "Ngày Văn hóa Việt Nam"}]}
            """;

    static final String PROCEDURES = """
            {"procedures": [
              {"code": "1.001193", "name": "Khai sinh", "nameEn": "Birth", "field": "Hộ tịch", "unit": "sameDay",
               "online": "full"},
              {"code": "1.004873", "name": "Hôn nhân", "nameEn": "Marriage", "field": "Hộ tịch",
               "unit": "workingDays", "time": 3, "online": "full"}]}
            """;

    static final String THRESHOLDS = """
            {"metrics": {
               "water_level": {"unit": "m", "units": {"mm": 0.001}, "min": -5, "max": 20, "resolution": 0.001,
                 "cadenceSeconds": 900, "rate": true},
               "rain": {"unit": "mm", "min": 0, "max": 50, "resolution": 0.01, "cadenceSeconds": 600}},
             "targets": [
               {"figure": "overdueNow", "level": "commune", "max": 0, "badBeyond": 1},
               {"figure": "satisfaction", "min": 0.9, "badBeyond": 0.5}]}
            """;

    private final List<Journaled> events = new ArrayList<>();
    private Instant ingestTime = at("2026-11-20T00:00");

    /** Starts with the configuration above. */
    static Story begun() {
        Story story = new Story();
        story.configure(Part.AREAS, AREAS);
        story.configure(Part.SOURCES, SOURCES);
        story.configure(Part.CALENDAR, CALENDAR);
        story.configure(Part.PROCEDURES, PROCEDURES);
        story.configure(Part.THRESHOLDS, THRESHOLDS);
        return story;
    }

    /** Reads a local time. */
    static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(WorkingCalendar.ZONE).toInstant();
    }

    static long minute(String local) {
        return at(local).getEpochSecond() / 60;
    }

    List<Journaled> events() {
        return events;
    }

    void configure(Part what, String content) {
        tell("configuration", "-", at("2026-11-01T00:00"), null, new Configuration(what, "", content));
    }

    void tell(String source, String area, Instant eventTime, @Nullable Long seq, Data data) {
        long position = events.size() + 1L;
        ingestTime = ingestTime.plusMillis(7);
        Event event = new Event("e" + position, source, area, eventTime, false, seq, data);
        events.add(new Journaled(position, ingestTime, event));
    }

    void tell(String source, String area, String local, Data data) {
        tell(source, area, at(local), null, data);
    }

    void dossier(String code, String area, String local, int status) {
        tell("desk-" + area, area, local, dossier(code, status));
    }

    void ticket(String number, String local, Ticket.Step step) {
        tell("desk-19867", "19867", local, new Ticket(number, step, null, null));
    }

    void level(String local, double metres) {
        tell("wl-sia", "19867", local, new Reading("water_level", metres, "m", null));
    }

    void rating(String area, String local, Rating.Level level) {
        tell("desk-" + area, area, local, new Rating(level, null, null));
    }

    void rate(String area, String period, String local, @Nullable Double poor, @Nullable Double households) {
        double value = poor == null || households == null ? 0.05 : poor / households;
        tell(
                "desk-" + area,
                area,
                local,
                new Indicator("poverty_rate", period, value, "1", "nd07-2021", poor, households, null));
    }

    static Dossier dossier(String code, int status) {
        return dossier(code, status, "1.004873", null, null);
    }

    static Dossier dossier(
            String code, int status, String procedure, @Nullable Instant receivedAt, @Nullable Instant dueAt) {
        return SampleDossier.of(code, procedure, status)
                .received(receivedAt)
                .due(dueAt)
                .told();
    }

    /** Makes one that names the deciding area. */
    static Dossier decided(String code, int status, String decidingArea) {
        return decided(code, status, decidingArea, null);
    }

    static Dossier decided(String code, int status, @Nullable String decidingArea, @Nullable Instant dueAt) {
        return SampleDossier.of(code, "1.004873", status)
                .due(dueAt)
                .decidedIn(decidingArea)
                .told();
    }

    Figures folded() {
        Figures figures = new Figures();
        events.forEach(figures::apply);
        return figures;
    }

    Picture picture(String local) {
        return folded().picture(at(local));
    }

    /** Returns a figure's value at a local time; NaN for none. */
    double value(String local, String area, String figure) {
        Double value = figure(picture(local), area, figure).value();
        return value == null ? Double.NaN : value;
    }

    static Figure figure(Picture picture, String area, String figure) {
        return requireNonNull(area(picture, area).figures().get(figure), figure);
    }

    static Picture.Area area(Picture picture, String area) {
        return requireNonNull(picture.areas().get(area), area);
    }

    static Picture.Sensor sensor(Picture picture, String key) {
        return requireNonNull(picture.sensors().get(key), key);
    }
}
