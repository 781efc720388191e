/** The wall document, its merge patches, the sockets that carry them, and replay. */
@NullMarked
package vn.kydai.wall;

import org.jspecify.annotations.NullMarked;
