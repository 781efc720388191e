package vn.kydai.aggregate;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.kydai.aggregate.Buckets.Bucket;
import vn.kydai.aggregate.Buckets.Change;

/** Hourly means of a pollutant: of the values that are believed, where they are three quarters of those expected. */
final class HourMeans implements Serializable {
    static final long HOUR = 60 * Micros.MINUTE;

    /** Yesterday's 24 hours, the eight hours that end in its first one, and enough before them to judge them by. */
    static final int KEPT_HOURS = 72;

    private static final long HOUR_MINUTES = 60;

    private final Buckets buckets;
    private final double resolution;
    private long newestHour = Long.MIN_VALUE;

    /** Grows with every change. */
    private long changes;

    /** The count of changes at the last one that concerned an hour before the newest. */
    private long earlierChanges;

    private record Sum(long steps, long count) {
        Sum plus(Sum other) {
            return new Sum(Buckets.sum(steps, other.steps), count + other.count);
        }
    }

    HourMeans(Buckets buckets, double resolution) {
        this.buckets = buckets;
        this.resolution = resolution;
    }

    void changed(Change change, long micros, long newestMicros) {
        changes++;
        long newest = Math.floorDiv(newestMicros, HOUR);
        if (newest > newestHour) {
            newestHour = newest;
            earlierChanges = changes - 1;
        }
        if (change == Change.EARLIER || Math.floorDiv(micros, HOUR) < newest) {
            earlierChanges = changes;
        }
    }

    /** The rules have changed. */
    void forget() {
        changes++;
        earlierChanges = changes;
    }

    /** Returns what differs after every change that concerns an hour before a given one. */
    long version(long hour) {
        return hour > newestHour ? changes : earlierChanges;
    }

    /** Returns the means by hour since the epoch, µg/m³. */
    SortedMap<Long, Double> means(ChannelRules rules) {
        SortedMap<Long, Sum> sums = new TreeMap<>();
        Course course = Course.START;
        for (Bucket bucket : buckets.all()) {
            course = course.next(bucket.newest(), rules);
            if (!course.isOdd()) {
                sums.merge(
                        Math.floorDiv(bucket.start(), HOUR_MINUTES),
                        new Sum(bucket.steps(), bucket.count()),
                        Sum::plus);
            }
        }
        SortedMap<Long, Double> means = new TreeMap<>();
        sums.forEach((hour, sum) -> {
            if (sum.count() > 0 && 4 * sum.count() * rules.cadence() >= 3 * HOUR) {
                means.put(hour, sum.steps() * resolution / sum.count());
            }
        });
        return Collections.unmodifiableSortedMap(means);
    }
}
