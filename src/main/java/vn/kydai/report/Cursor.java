package vn.kydai.report;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.access.Problem;
import vn.kydai.event.Journaled;
import vn.kydai.event.codec.Digest;
import vn.kydai.journal.Journal;

/**
 * A place in the journal as readers pass it around: opaque to them, so that partitions can come later.
 *
 * @param position exclusive: what comes after it is next
 * @param epoch tells this journal from one that has another event at the position, as after a backup was restored; empty when
 *     it is not known, as in cursors of earlier builds
 */
record Cursor(int partition, long position, String epoch) {
    static final Cursor BEGINNING = new Cursor(0, 0, "");

    private static final int GONE = 410;
    private static final int EPOCH_CHARS = 12;
    private static final Pattern TEXT =
            Pattern.compile("(0):(0|[1-9][0-9]{0,17})(?::([0-9a-f]{" + EPOCH_CHARS + "}))?");

    /** Reads a cursor; absent is the beginning. */
    static Cursor of(@Nullable String text) {
        if (text == null) {
            return BEGINNING;
        }
        Matcher matcher = TEXT.matcher(decoded(text));
        if (!matcher.matches()) {
            throw unknown();
        }
        return new Cursor(
                Integer.parseInt(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Objects.requireNonNullElse(matcher.group(3), ""));
    }

    /** Returns the place right after an event. */
    Cursor after(Journaled event) {
        return new Cursor(partition, event.position(), epoch(event));
    }

    /**
     * Looks whether the journal still is the one this is of. Fails with 410 and the first cursor there is when it is not, since
     * whoever went on would miss events without knowing.
     */
    Future<Void> check(Journal journal) {
        if (position > journal.readable()) {
            return Future.failedFuture(gone());
        }
        if (epoch.isEmpty() || journal.setAside().containsKey(position)) {
            return Future.succeededFuture();
        }
        return journal.readFor(position - 1, 1).compose(found -> {
            boolean isSame = !found.isEmpty()
                    && found.getFirst().position() == position
                    && epoch(found.getFirst()).equals(epoch);
            // A row may have become unreadable just now.
            return isSame || journal.setAside().containsKey(position)
                    ? Future.succeededFuture()
                    : Future.failedFuture(gone());
        });
    }

    private static Problem gone() {
        return new Problem(
                        GONE,
                        "cursor_gone",
                        "the journal is no longer the one this cursor is of, as after a backup was restored: begin anew at \"first\"",
                        Map.of())
                .with(Map.of("first", BEGINNING.text()));
    }

    private static String epoch(Journaled event) {
        String identity = event.event().source()
                + "\n"
                + event.event().id()
                + "\n"
                + event.ingestTime().toEpochMilli();
        return Digest.of(identity.getBytes(StandardCharsets.UTF_8)).substring(0, EPOCH_CHARS);
    }

    /** Writes it for the reader. */
    String text() {
        String mark = epoch.isEmpty() ? "" : ":" + epoch;
        byte[] bytes = (partition + ":" + position + mark).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(400, "the cursor is not one of ours: pass on the \"next\" of an earlier answer, unchanged");
    }
}
