package vn.kydai.transfer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Ticket;
import vn.kydai.event.Ticket.Step;

/**
 * Tickets (số thứ tự). A row is one step ({@code step} at {@code time}), or a whole visit with a column for each time.
 * Who was called and did not come was absent when called.
 */
public final class TicketSheet implements Sheet {
    private static final Map<String, Step> STEPS = Map.of(
            "issued", Step.ISSUED,
            "called", Step.CALLED,
            "served", Step.SERVED,
            "absent", Step.ABSENT,
            "cancelled", Step.CANCELLED);

    @Override
    public String id() {
        return "tickets";
    }

    @Override
    public Set<String> fields() {
        return Set.of(
                "id",
                "source",
                "seq",
                "ticket",
                "service",
                "counter",
                "step",
                "time",
                "date",
                "issuedAt",
                "calledAt",
                "servedAt");
    }

    @Override
    public Set<String> required() {
        return Set.of("ticket");
    }

    @Override
    public Set<String> numbers() {
        return Set.of("seq");
    }

    @Override
    public Set<String> moments() {
        return Set.of("time", "date", "issuedAt", "calledAt", "servedAt");
    }

    @Override
    public List<Draft> events(Row row) {
        Map<Step, Instant> steps = steps(row);
        if (steps.isEmpty()) {
            throw new UnusableRow("time", "is missing, and so is every other time");
        }
        boolean isVisit = row.text("time").isEmpty(); // a visit's counter is where it was called
        List<Draft> events = new ArrayList<>();
        steps.forEach((step, at) -> events.add(new Draft(
                row.text("id")
                        .map(id ->
                                steps.size() == 1 ? id : id + "-" + step.name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                row.textOrNull("source"),
                at,
                steps.size() == 1 ? row.wholeOrNull("seq") : null,
                new Ticket(
                        row.required("ticket"),
                        step,
                        row.textOrNull("service"),
                        step == Step.ISSUED && isVisit ? null : row.textOrNull("counter")))));
        return events;
    }

    private static Map<Step, Instant> steps(Row row) {
        Map<Step, Instant> steps = new EnumMap<>(Step.class);
        Instant issued = add(steps, Step.ISSUED, row, "issuedAt", null);
        Instant called = add(steps, Step.CALLED, row, "calledAt", issued);
        Instant served = add(steps, Step.SERVED, row, "servedAt", called);
        @Nullable Step said = row.text("step").isPresent() ? row.oneOf("step", STEPS) : null;
        if (row.moment("time").isPresent()) {
            if (said == null) {
                throw new UnusableRow("step", "is missing");
            }
            Instant unused = add(steps, said, row, "time", served);
        } else if (said != null && !steps.containsKey(said)) {
            if (said != Step.ABSENT || called == null || !steps.containsKey(Step.CALLED)) {
                throw new UnusableRow("step", "has no time of its own");
            }
            steps.put(Step.ABSENT, called.plusMillis(1));
        }
        return steps;
    }

    private static @Nullable Instant add(
            Map<Step, Instant> steps, Step step, Row row, String field, @Nullable Instant before) {
        LocalMoment moment = row.moment(field).orElse(null);
        if (moment == null) {
            return before;
        }
        if (moment.time() == null) {
            throw new UnusableRow(field, "has no time of day");
        }
        Instant at = moment.after(before);
        steps.put(step, at);
        return at;
    }
}
