/** Files of one's own data in, through the same door as every event: rows of CSV become events posted over HTTP. */
@NullMarked
package vn.kydai.transfer;

import org.jspecify.annotations.NullMarked;
