package vn.kydai.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.List;
import vn.kydai.event.Width;
import vn.kydai.report.SeriesTable.Found;
import vn.kydai.report.SeriesTable.Part;

/**
 * Writes the points of a series, as text at once: a year of quarters has 35,000. A bucket in which nothing happened is
 * left out, apart from stocks: there a point is due whether something happens or not.
 */
final class SeriesPoints {
    private static final int PERCENT = 90;

    private static final int MICROS_SCALE = 6;
    private static final int MILLIS_SCALE = 3;

    private final SeriesFigure figure;
    private final Found found;
    private final JsonGenerator out;

    SeriesPoints(SeriesFigure figure, Found found, JsonGenerator out) {
        this.figure = figure;
        this.found = found;
        this.out = out;
    }

    void write(SeriesQuery query) throws IOException {
        if (figure instanceof SeriesFigure.Stock stock) {
            stocks(stock, query);
            return;
        }
        List<Part> parts = found.parts();
        int next = 0;
        while (next < parts.size()) {
            int end = next;
            while (end < parts.size()
                    && parts.get(end).minute() == parts.get(next).minute()) {
                end++;
            }
            point(parts.subList(next, end));
            next = end;
        }
    }

    private void point(List<Part> bucket) throws IOException {
        Part first = bucket.get(0);
        out.writeStartObject();
        out.writeNumberField("minute", first.minute());
        switch (figure) {
            case SeriesFigure.Count count -> out.writeNumberField("value", first.count());
            case SeriesFigure.Share share -> share(bucket, share.stored().size() - 1);
            case SeriesFigure.Mean mean -> {
                value(first.sum().movePointLeft(MICROS_SCALE), first.count(), MILLIS_SCALE);
                out.writeNumberField("n", first.count());
            }
            case SeriesFigure.Percentile percentile -> percentile(first);
            case SeriesFigure.Readings readings -> reading(first, readings.isSummed());
            case SeriesFigure.Stock stock -> throw new IllegalStateException(stock + " is written as a whole");
        }
        out.writeEndObject();
    }

    private void share(List<Part> bucket, int denominatorAt) throws IOException {
        long numerator = 0;
        long denominator = 0;
        for (Part part : bucket) {
            if (part.figure() == denominatorAt) {
                denominator = part.count();
            } else {
                numerator += part.count();
            }
        }
        if (denominator != 0) {
            out.writeNumberField("value", (double) numerator / denominator);
        }
        out.writeNumberField("numerator", numerator);
        out.writeNumberField("denominator", denominator);
    }

    private void percentile(Part part) throws IOException {
        List<Integer> bins = part.bins();
        if (bins != null) {
            Integer value = WaitPercentile.of(bins, part.count(), PERCENT);
            if (value != null) {
                out.writeNumberField("value", value);
            }
        }
        out.writeNumberField("n", part.count());
    }

    private void reading(Part part, boolean isSummed) throws IOException {
        BigDecimal sum = part.sum().movePointLeft(MICROS_SCALE);
        value(sum, isSummed ? 1 : part.count(), MICROS_SCALE);
        out.writeNumberField("n", part.count());
        if (part.min() != null && part.max() != null) {
            out.writeNumberField(
                    "min", BigDecimal.valueOf(part.min(), MICROS_SCALE).doubleValue());
            out.writeNumberField(
                    "max", BigDecimal.valueOf(part.max(), MICROS_SCALE).doubleValue());
        }
    }

    private void value(BigDecimal sum, long n, int scale) throws IOException {
        if (n != 0) {
            out.writeNumberField(
                    "value",
                    sum.divide(BigDecimal.valueOf(n), scale, RoundingMode.HALF_UP)
                            .doubleValue());
        }
    }

    private void stocks(SeriesFigure.Stock stock, SeriesQuery query) throws IOException {
        long held = found.before().get(0);
        for (int figureAt = 1; figureAt < found.before().size(); figureAt++) {
            held -= found.before().get(figureAt);
        }
        Width step = query.step();
        int next = 0;
        int moved = 0;
        for (LocalDateTime start = query.from(); start.isBefore(query.to()); start = step.next(start)) {
            long minute = SeriesTable.minute(start);
            // A unit that comes at the very beginning is there from then on.
            for (; moved < found.moves().size() && found.moves().get(moved).minute() <= minute; moved++) {
                held += found.moves().get(moved).count();
            }
            long atStart = held;
            long end = SeriesTable.minute(step.next(start));
            for (; moved < found.moves().size() && found.moves().get(moved).minute() < end; moved++) {
                held += found.moves().get(moved).count();
            }
            for (; next < found.parts().size() && found.parts().get(next).minute() == minute; next++) {
                Part part = found.parts().get(next);
                held += part.figure() == 0 ? part.count() : -part.count();
            }
            out.writeStartObject();
            out.writeNumberField("minute", minute);
            out.writeNumberField("value", stock.isAtEnd() ? held : atStart);
            out.writeEndObject();
        }
    }
}
