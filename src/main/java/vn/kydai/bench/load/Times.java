package vn.kydai.bench.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/** Times of many things, in microseconds to three digits, at most ten minutes. One thread. */
public final class Times {
    private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;

    private final Histogram histogram;

    /** Makes one with nothing in it. */
    public Times() {
        this(new Histogram(1, MAX_MICROS, DIGITS));
    }

    private Times(Histogram histogram) {
        this.histogram = histogram;
    }

    /** Reads what {@link #encoded} wrote. */
    public static Times decode(String encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
        try {
            return new Times(Histogram.decodeFromCompressedByteBuffer(bytes, 0));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("no histogram", e);
        }
    }

    /** Adds the time between two moments of {@link System#nanoTime}, for so many things at once. */
    public void add(long fromNanos, long toNanos, long count) {
        addMicros((toNanos - fromNanos) / 1_000, count);
    }

    /** Adds a time; a negative one, of two clocks, counts as none. */
    public void addMicros(long micros, long count) {
        histogram.recordValueWithCount(Math.clamp(micros, 0, MAX_MICROS), count);
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** Returns a percentile in milliseconds; not a number when there is nothing. */
    public double millis(double percentile) {
        return count() == 0 ? Double.NaN : histogram.getValueAtPercentile(percentile) / 1e3;
    }

    /** Returns the longest in milliseconds; not a number when there is nothing. */
    public double maxMillis() {
        return count() == 0 ? Double.NaN : histogram.getMaxValue() / 1e3;
    }

    /** Returns it compressed, base64. */
    public String encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes, Deflater.DEFAULT_COMPRESSION);
        byte[] used = new byte[length];
        bytes.flip();
        bytes.get(used);
        return Base64.getEncoder().encodeToString(used);
    }
}
