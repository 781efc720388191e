/** Events to and from JSON: CloudEvents 1.0 on the outside, the data column of the journal inside. */
@NullMarked
package vn.kydai.event.codec;

import org.jspecify.annotations.NullMarked;
