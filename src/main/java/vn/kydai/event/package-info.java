/** The vocabulary: events, bus messages, ids and reasons; nothing here knows a library of ours or does I/O. */
@NullMarked
package vn.kydai.event;

import org.jspecify.annotations.NullMarked;
