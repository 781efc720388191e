package vn.kydai.aggregate;

import java.io.Serializable;

/** A good value of a metric, in the metric's unit, and where it stands among the others. */
record Value(Stamp stamp, double value) implements Serializable {}
