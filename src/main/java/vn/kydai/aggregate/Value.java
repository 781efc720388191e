package vn.kydai.aggregate;

import java.io.Serializable;

/**
 * A value of a metric, in the metric's unit, and where it stands among the others.
 *
 * @param isDoubted whether the device itself calls it suspect
 */
record Value(Stamp stamp, double value, boolean isDoubted) implements Serializable {
    long micros() {
        return stamp.micros();
    }
}
