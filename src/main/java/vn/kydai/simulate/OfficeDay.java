package vn.kydai.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** When the desks are open on one date. */
record OfficeDay(LocalDate date, boolean isWorkingDay, List<Session> sessions) {
    OfficeDay {
        sessions = List.copyOf(sessions);
    }

    /** Open from {@code start}, inclusive, to {@code end}, exclusive. */
    record Session(Instant start, Instant end) {
        Duration length() {
            return Duration.between(start, end);
        }

        boolean contains(Instant instant) {
            return !instant.isBefore(start) && instant.isBefore(end);
        }

        /** Returns the instant itself, or the last second before closing. */
        Instant latest(Instant instant) {
            Instant last = end.minusSeconds(1);
            return instant.isAfter(last) ? last : instant;
        }
    }

    boolean isOpen() {
        return !sessions.isEmpty();
    }

    /** Returns how long the desks are open. */
    Duration length() {
        return sessions.stream().map(Session::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns the moment at which a share 0…1 of the open time has passed. */
    Instant at(double share) {
        return after(Duration.ofSeconds(Math.round(share * length().toSeconds())));
    }

    /** Returns the moment at which so much of the open time has passed. */
    Instant after(Duration worked) {
        Duration left = worked;
        for (Session session : sessions) {
            if (left.compareTo(session.length()) < 0) {
                return session.start().plus(left);
            }
            left = left.minus(session.length());
        }
        return sessions.getLast().end().minusSeconds(1);
    }

    /** Returns how much open time lies before an instant. */
    Duration before(Instant instant) {
        Duration worked = Duration.ZERO;
        for (Session session : sessions) {
            if (!instant.isBefore(session.end())) {
                worked = worked.plus(session.length());
            } else if (instant.isAfter(session.start())) {
                worked = worked.plus(Duration.between(session.start(), instant));
            }
        }
        return worked;
    }
}
