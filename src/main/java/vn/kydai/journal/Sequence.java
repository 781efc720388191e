package vn.kydai.journal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a source's own numbers have come, as spans with what is missing between them. A jump forward leaves a gap, and a
 * number that comes late fills one, on the day that shows it, if it has not come before. What lies far before a span is a
 * backlog that is only beginning: nothing before a span is missing until what comes reaches it. A number 0 or 1 that comes
 * again is a restart of the counter, as is one absurdly far ahead.
 *
 * @param spans by rising numbers, at most {@link #MAX_SPANS}: beyond, the nearest two become one that only knows how many
 *     of it are missing
 */
record Sequence(List<Span> spans) {
    /** So far before a span, or further, what is missing is not known to be lost. */
    static final long MAX_LATE = 100;

    /** Further ahead than this is no loss. */
    static final long MAX_GAP = 1_000_000;

    static final int MAX_SPANS = 64;

    private static final int PARTS = 5;
    private static final long NONE = Long.MIN_VALUE;

    Sequence {
        spans = List.copyOf(spans);
    }

    /**
     * Numbers that have come.
     *
     * @param missing how many between first and last have not
     * @param shownOn the ledger day that shows these
     * @param holeShownOn the ledger day that shows the numbers between the span before and this one; absent: none does
     */
    record Span(
            long first,
            long last,
            long missing,
            @Nullable LocalDate shownOn,
            @Nullable LocalDate holeShownOn) {
        private Span until(long end) {
            return new Span(first, end, missing, shownOn, holeShownOn);
        }

        private Span after(@Nullable LocalDate hole) {
            return new Span(first, last, missing, shownOn, hole);
        }
    }

    /**
     * What one number means.
     *
     * @param next the counter afterwards
     * @param day the ledger day to change
     * @param gaps what to add to its gaps, may be negative
     */
    record Step(Sequence next, LocalDate day, long gaps) {}

    /** Takes a committed event's number; a negative one is no counter and changes nothing. */
    static Step step(@Nullable Sequence before, long seq, LocalDate day) {
        Sequence known = before == null ? new Sequence(List.of()) : before;
        if (seq < 0) {
            return new Step(known, day, 0);
        }
        return known.spans.isEmpty() ? new Step(begun(seq), day, 0) : known.take(seq, day);
    }

    /** Returns the highest number. */
    long last() {
        return spans.isEmpty() ? 0 : spans.get(spans.size() - 1).last();
    }

    private static Sequence begun(long seq) {
        return new Sequence(List.of(new Span(seq, seq, 0, null, null)));
    }

    private Step take(long seq, LocalDate today) {
        int at = spans.size() - 1;
        while (at >= 0 && spans.get(at).first() > seq) {
            at--;
        }
        if (at >= 0 && seq <= spans.get(at).last()) {
            return within(at, seq, today);
        }
        boolean isNewest = at == spans.size() - 1;
        if (isNewest && seq - last() - 1 > MAX_GAP) {
            return new Step(begun(seq), today, 0);
        }
        return isNewest ? ahead(seq, today) : between(at, seq, today);
    }

    /** One that is missing in there, or one that came before. */
    private Step within(int at, long seq, LocalDate today) {
        Span span = spans.get(at);
        LocalDate shownOn = span.shownOn();
        if (span.missing() > 0 && shownOn != null && seq != span.first() && seq != span.last()) {
            List<Span> next = new ArrayList<>(spans);
            next.set(at, new Span(span.first(), span.last(), span.missing() - 1, shownOn, span.holeShownOn()));
            return new Step(new Sequence(next), shownOn, -1);
        }
        boolean isRestart = seq <= 1 && last() > 1;
        return new Step(isRestart ? begun(seq) : this, today, 0);
    }

    private Step ahead(long seq, LocalDate today) {
        List<Span> next = new ArrayList<>(spans);
        Span newest = next.get(next.size() - 1);
        if (seq - newest.last() == 1) {
            next.set(next.size() - 1, newest.until(seq));
            return new Step(new Sequence(next), today, 0);
        }
        next.add(new Span(seq, seq, 0, null, today));
        return bounded(next, today, seq - newest.last() - 1);
    }

    /** Between two spans, or before all: a part of the hole is filled, the rest is missing from the nearer one. */
    private Step between(int at, long seq, LocalDate today) {
        Span above = spans.get(at + 1);
        LocalDate shownOn = above.holeShownOn();
        long after = above.first() - seq - 1;
        long before = at < 0 ? 0 : seq - spans.get(at).last() - 1;
        List<Span> next = new ArrayList<>(spans);
        next.add(at + 1, new Span(seq, seq, 0, null, shownOn));
        if (shownOn != null) {
            return bounded(joined(next), shownOn, -1);
        }
        boolean isAfterShown = after < MAX_LATE;
        boolean isBeforeShown = at >= 0 && (before < MAX_LATE || (before < after && before <= MAX_GAP));
        next.set(at + 1, new Span(seq, seq, 0, null, isBeforeShown ? today : null));
        next.set(at + 2, above.after(isAfterShown ? today : null));
        return bounded(joined(next), today, (isAfterShown ? after : 0) + (isBeforeShown ? before : 0));
    }

    /** Makes one of spans with nothing between them. */
    private static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>(spans.size());
        for (Span span : spans) {
            Span before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before != null && span.first() - before.last() == 1) {
                joined.set(joined.size() - 1, merged(before, span, 0));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    /** With one span too many the smallest hole that is shown is forgotten, but for its size. */
    private static Step bounded(List<Span> spans, LocalDate day, long gaps) {
        if (spans.size() <= MAX_SPANS) {
            return new Step(new Sequence(spans), day, gaps);
        }
        int smallest = 0;
        for (int at = 1; at < spans.size(); at++) {
            if (spans.get(at).holeShownOn() != null && (smallest == 0 || hole(spans, at) < hole(spans, smallest))) {
                smallest = at;
            }
        }
        if (smallest == 0) {
            // Nothing of what lies between backlogs is shown: the oldest one is forgotten.
            return new Step(new Sequence(spans.subList(1, spans.size())), day, gaps);
        }
        Span merged = merged(spans.get(smallest - 1), spans.get(smallest), hole(spans, smallest));
        spans.set(smallest - 1, merged);
        spans.remove(smallest);
        return new Step(new Sequence(spans), day, gaps);
    }

    private static long hole(List<Span> spans, int at) {
        return spans.get(at).first() - spans.get(at - 1).last() - 1;
    }

    private static Span merged(Span before, Span after, long hole) {
        long missing = before.missing() + after.missing() + hole;
        LocalDate shownOn = after.missing() > 0 ? after.shownOn() : hole > 0 ? after.holeShownOn() : before.shownOn();
        return new Span(before.first(), after.last(), missing, shownOn, before.holeShownOn());
    }

    /** Writes it as PostgreSQL writes an array of bigint. */
    String text() {
        StringBuilder text = new StringBuilder("{");
        for (Span span : spans) {
            text.append(text.length() == 1 ? "" : ",")
                    .append(span.first())
                    .append(',')
                    .append(span.last())
                    .append(',')
                    .append(span.missing())
                    .append(',')
                    .append(epochDay(span.shownOn()))
                    .append(',')
                    .append(epochDay(span.holeShownOn()));
        }
        return text.append('}').toString();
    }

    /** Reads what {@link #text} wrote. */
    static Sequence of(Long[] written) {
        List<Span> spans = new ArrayList<>();
        for (int at = 0; at + PARTS <= written.length; at += PARTS) {
            spans.add(new Span(
                    written[at], written[at + 1], written[at + 2], date(written[at + 3]), date(written[at + 4])));
        }
        return new Sequence(spans);
    }

    private static long epochDay(@Nullable LocalDate date) {
        return date == null ? NONE : date.toEpochDay();
    }

    private static @Nullable LocalDate date(long epochDay) {
        return epochDay == NONE ? null : LocalDate.ofEpochDay(epochDay);
    }
}
