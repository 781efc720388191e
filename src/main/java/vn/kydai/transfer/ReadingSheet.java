package vn.kydai.transfer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Reading;
import vn.kydai.event.Reading.Quality;

/** Readings of sensors: a metric, a value and a unit in each row, or a column for each metric. */
public final class ReadingSheet implements Sheet {
    private static final Map<String, Quality> QUALITIES =
            Map.of("good", Quality.GOOD, "suspect", Quality.SUSPECT, "bad", Quality.BAD);

    @Override
    public String id() {
        return "readings";
    }

    @Override
    public Set<String> fields() {
        return Set.of("id", "source", "seq", "time", "date", "metric", "value", "unit", "quality");
    }

    @Override
    public Set<String> required() {
        return Set.of("time", "metric", "value", "unit");
    }

    @Override
    public Set<String> numbers() {
        return Set.of("value", "seq");
    }

    @Override
    public Set<String> moments() {
        return Set.of("time", "date");
    }

    @Override
    public List<Draft> events(Row row) {
        LocalMoment moment = row.requiredMoment("time");
        if (moment.time() == null) {
            throw new UnusableRow("time", "has no time of day");
        }
        List<Draft> events = new ArrayList<>();
        for (Row.Measurement measured : row.measurements()) {
            double value = measured.value().doubleValue();
            String id =
                    row.text("id").map(given -> given + "-" + measured.metric()).orElse(null);
            events.add(draft(row, id, null, moment.instant(), measured.metric(), value, measured.unit()));
        }
        if (row.text("metric").isPresent() || row.measurements().isEmpty()) {
            double value = row.requiredNumber("value").doubleValue();
            events.add(draft(
                    row,
                    row.textOrNull("id"),
                    row.wholeOrNull("seq"),
                    moment.instant(),
                    row.required("metric"),
                    value,
                    row.required("unit")));
        }
        return events;
    }

    private static Draft draft(
            Row row, @Nullable String id, @Nullable Long seq, Instant time, String metric, double value, String unit) {
        Quality quality = row.text("quality").isPresent() ? row.oneOf("quality", QUALITIES) : null;
        return new Draft(id, row.textOrNull("source"), time, seq, new Reading(metric, value, unit, quality));
    }
}
