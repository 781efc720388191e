package vn.kydai.aggregate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Pieces of the folds' state as bytes: Java's own serialization, deflated, of our classes and plain collections alone. It
 * is read by the very code that wrote it; whatever else has written it is not read at all.
 */
final class SavedState {
    /** Stands for a piece that is no more. */
    static final byte[] GONE = new byte[0];

    private static final ObjectInputFilter OURS = ObjectInputFilter.Config.createFilter(
            "vn.kydai.aggregate.**;vn.kydai.event.*;vn.kydai.registry.*;java.util.*;java.time.*;java.lang.*;!*");

    private SavedState() {}

    static byte[] write(Object state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (ObjectOutputStream out = new ObjectOutputStream(new DeflaterOutputStream(bytes, fast, 1 << 16))) {
            out.writeObject(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            fast.end();
        }
        return bytes.toByteArray();
    }

    static Object read(byte[] state) {
        try (ObjectInputStream in = new ObjectInputStream(new InflaterInputStream(new ByteArrayInputStream(state)))) {
            in.setObjectInputFilter(OURS);
            return in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the state names a class that is not here", e);
        }
    }
}
