package vn.kydai.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.Procedures.TimeUnit;

/** The working calendar (lịch làm việc): opening sessions by season, days off, worked Saturdays. Immutable. */
public final class WorkingCalendar {
    /** Local time of every figure; no daylight saving. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Monday to Friday, 07:30–11:30 and 13:00–17:00, no holidays. */
    public static final WorkingCalendar PLAIN = new WorkingCalendar();

    private WorkingCalendar() {}

    /**
     * How the desks stand at an instant.
     *
     * @param isOpen whether they receive
     * @param why if not: {@code night}, {@code lunch}, {@code weekend} or {@code holiday}
     * @param holiday name of the day off
     * @param opensAt when they open next
     */
    public record Opening(
            boolean isOpen,
            @Nullable String why,
            @Nullable String holiday,
            @Nullable Instant opensAt) {}

    /** Reads the part {@code calendar}. */
    public static WorkingCalendar of(JsonNode part) {
        return Unwritten.yet();
    }

    /** Returns the local date of an instant. */
    public static LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** Tells whether deadlines count a date. */
    public boolean isWorkingDay(LocalDate date) {
        return Unwritten.yet();
    }

    /** Returns the next working day after a date. */
    public LocalDate nextWorkingDay(LocalDate date) {
        return Unwritten.yet();
    }

    /** Tells how the desks stand. */
    public Opening opening(Instant now) {
        return Unwritten.yet();
    }

    /** Returns when the last session of a date ends, Saturday desks included; absent when closed all day. */
    public Optional<Instant> closing(LocalDate date) {
        return Unwritten.yet();
    }

    /** Returns when a dossier received at an instant is due, if nothing pauses it; domain rules of §3. */
    public Instant due(Instant receivedAt, TimeUnit unit, int time) {
        return Unwritten.yet();
    }
}
