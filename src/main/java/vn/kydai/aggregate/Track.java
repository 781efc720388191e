package vn.kydai.aggregate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import vn.kydai.aggregate.Buckets.Bucket;
import vn.kydai.aggregate.Buckets.Change;

/**
 * The course of a channel's buckets, of each its newest value. It is a function of the buckets that are kept and of the
 * rules; what is remembered here only saves going through all of them for every reading.
 */
final class Track implements Serializable {
    private final Buckets buckets;

    /** After all buckets but the newest. */
    private transient @Nullable Course before = Course.START;

    /** After all buckets. */
    private transient @Nullable Course course;

    Track(Buckets buckets) {
        this.buckets = buckets;
    }

    void changed(Change change) {
        switch (change) {
            case NONE -> {}
            case NEWEST -> course = null;
            case NEXT -> {
                before = buckets.earlier().isEmpty() ? Course.START : course;
                course = null;
            }
            case EARLIER -> forget();
        }
    }

    /** The rules have changed. */
    void forget() {
        before = null;
        course = null;
    }

    /** Returns the course after the newest value; there must be one. */
    Course course(ChannelRules rules) {
        Course known = course;
        if (known == null) {
            Course earlier = before == null ? earlier(rules) : before;
            before = earlier;
            known = earlier.next(buckets.newest(), rules);
            course = known;
        }
        return known;
    }

    private Course earlier(ChannelRules rules) {
        Course earlier = Course.START;
        for (Bucket bucket : buckets.earlier()) {
            earlier = earlier.next(bucket.newest(), rules);
        }
        return earlier;
    }
}
