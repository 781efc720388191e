/** Tests of the ways in, with real clients on real sockets. */
@NullMarked
package vn.kydai.ingest;

import org.jspecify.annotations.NullMarked;
