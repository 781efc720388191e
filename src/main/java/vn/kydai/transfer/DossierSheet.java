package vn.kydai.transfer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Dossier;
import vn.kydai.event.Dossier.Channel;
import vn.kydai.event.DossierStatus;

/**
 * Dossiers (hồ sơ). A row is one step ({@code status} at {@code time}), or, as desks' reports have it, a whole dossier
 * with a column for each date: then it is one event a date. A status that no date proves would need an invented time, so
 * its row is refused.
 */
public final class DossierSheet implements Sheet {
    private static final Map<String, Channel> CHANNELS =
            Map.of("counter", Channel.COUNTER, "online", Channel.ONLINE, "post", Channel.POST);
    private static final Set<String> PAUSES = Set.of("supplement", "fee", "agency");

    private final Predicate<String> isKnown;

    /** Creates one that takes every procedure's code. */
    public DossierSheet() {
        this(code -> true);
    }

    /** Creates one that says which codes of procedures are not known. */
    public DossierSheet(Predicate<String> isKnown) {
        this.isKnown = isKnown;
    }

    @Override
    public List<Oddity> oddities(Row row) {
        List<Oddity> odd = new ArrayList<>();
        row.text("procedure")
                .filter(code -> !isKnown.test(code))
                .ifPresent(code -> odd.add(
                        new Oddity("procedure", "is not in procedures.yaml, so it has no time limit: " + code)));
        Optional<LocalMoment> before = Optional.empty();
        String beforeField = "";
        for (String field : List.of("submittedAt", "receivedAt", "doneAt", "returnedAt")) {
            Optional<LocalMoment> moment = row.moment(field);
            if (moment.isPresent() && before.isPresent() && moment.get().isBefore(before.get())) {
                odd.add(new Oddity(field, "is before " + beforeField));
            }
            if (moment.isPresent()) {
                before = moment;
                beforeField = field;
            }
        }
        return odd;
    }

    @Override
    public String id() {
        return "dossiers";
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "id",
                "source",
                "seq",
                "dossier",
                "procedure",
                "channel",
                "status",
                "time",
                "submittedAt",
                "receivedAt",
                "doneAt",
                "returnedAt",
                "dueAt",
                "promisedAt",
                "counter",
                "decidingArea",
                "pausedBy",
                "fee",
                "paidOnline",
                "digitised");
    }

    @Override
    public Set<String> required() {
        return Set.of("dossier", "procedure", "channel");
    }

    @Override
    public Set<String> numbers() {
        return Set.of("fee", "seq");
    }

    @Override
    public Set<String> moments() {
        return Set.of("time", "submittedAt", "receivedAt", "doneAt", "returnedAt", "dueAt", "promisedAt");
    }

    @Override
    public List<Draft> events(Row row) {
        Optional<LocalMoment> time = row.moment("time");
        if (time.isPresent()
                && row.text("doneAt").isEmpty()
                && row.text("returnedAt").isEmpty()) {
            DossierStatus status = status(row.required("status"));
            Dossier step = step(row, status, instant(row, "submittedAt"), instant(row, "receivedAt"), true);
            return List.of(new Draft(
                    row.textOrNull("id"),
                    row.textOrNull("source"),
                    time.get().instant(),
                    row.wholeOrNull("seq"),
                    step));
        }
        return wholeLife(row);
    }

    private static List<Draft> wholeLife(Row row) {
        Map<DossierStatus, Instant> steps = steps(row);
        if (steps.isEmpty()) {
            throw new UnusableRow("time", "is missing, and so is every other date");
        }
        DossierStatus last = List.copyOf(steps.keySet()).getLast();
        Instant received = steps.get(DossierStatus.RECEIVED);
        List<Draft> events = new ArrayList<>();
        steps.forEach((status, at) -> {
            Instant submitted = status == DossierStatus.SUBMITTED ? at : null;
            Dossier step =
                    step(row, status, submitted, status == DossierStatus.SUBMITTED ? null : received, status == last);
            String id = row.text("id").map(given -> given + "-" + status.code()).orElse(null);
            events.add(new Draft(id, row.textOrNull("source"), at, null, step));
        });
        return events;
    }

    /** Returns the steps by status, in the order of the statuses, which is that of a dossier's life. */
    private static Map<DossierStatus, Instant> steps(Row row) {
        Optional<DossierStatus> status = row.text("status").map(DossierSheet::status);
        Map<DossierStatus, Instant> steps = new EnumMap<>(DossierStatus.class);
        Instant before = add(steps, DossierStatus.SUBMITTED, row, "submittedAt", null);
        before = add(steps, DossierStatus.RECEIVED, row, "receivedAt", before);
        DossierStatus ended = status.filter(said -> said == DossierStatus.WITHDRAWN || said == DossierStatus.STOPPED)
                .orElse(DossierStatus.DONE);
        before = add(steps, ended, row, "doneAt", before);
        before = add(steps, DossierStatus.RETURNED, row, "returnedAt", before);
        if (status.isPresent() && !steps.containsKey(status.get())) {
            Instant unused = add(steps, status.get(), row, "time", before);
        }
        status.ifPresent(said -> requireProven(said, steps));
        return steps;
    }

    private static @Nullable Instant add(
            Map<DossierStatus, Instant> steps, DossierStatus status, Row row, String field, @Nullable Instant before) {
        Optional<LocalMoment> moment = row.moment(field);
        if (moment.isEmpty()) {
            return before;
        }
        Instant at = moment.get().after(before);
        steps.put(status, at);
        return at;
    }

    /** Being processed is what a dossier is once it was received; a result handed over is one that was reached before. */
    private static void requireProven(DossierStatus said, Map<DossierStatus, Instant> steps) {
        boolean isProven = steps.containsKey(said)
                || (said == DossierStatus.PROCESSING && steps.containsKey(DossierStatus.RECEIVED))
                || (said == DossierStatus.RETURNED && steps.containsKey(DossierStatus.DONE))
                || (said == DossierStatus.DONE && steps.containsKey(DossierStatus.RETURNED));
        if (!isProven) {
            throw new UnusableRow("status", "is " + said.code() + ", and no date says since when: time is missing");
        }
    }

    private static DossierStatus status(String text) {
        if (!text.matches("\\d{1,2}")) {
            throw new UnusableRow("status", "is no code and no known name: " + Row.shown(text));
        }
        return DossierStatus.of(Integer.parseInt(text))
                .orElseThrow(() -> new UnusableRow("status", "is none of 1 to 10: " + text));
    }

    /** What may change after a step was told goes with the last one, so that those before stay as they were. */
    private static Dossier step(
            Row row,
            DossierStatus status,
            @Nullable Instant submittedAt,
            @Nullable Instant receivedAt,
            boolean isLast) {
        return new Dossier(
                row.required("dossier"),
                row.required("procedure"),
                status,
                row.oneOf("channel", CHANNELS),
                row.textOrNull("counter"),
                submittedAt,
                receivedAt,
                instant(row, "dueAt"),
                isLast ? instant(row, "promisedAt") : null,
                row.textOrNull("decidingArea"),
                isLast ? pause(row) : null,
                isLast ? row.flagOrNull("paidOnline") : null,
                row.flagOrNull("digitised"),
                isLast ? row.numberOrNull("fee") : null);
    }

    private static @Nullable Instant instant(Row row, String field) {
        return row.moment(field).map(LocalMoment::instant).orElse(null);
    }

    private static @Nullable String pause(Row row) {
        String pause = row.textOrNull("pausedBy");
        if (pause != null && !PAUSES.contains(pause)) {
            throw new UnusableRow("pausedBy", "is none of supplement, fee, agency: " + Row.shown(pause));
        }
        return pause;
    }
}
