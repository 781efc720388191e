/** Tells what happens to alarms to those outside: programs, mailboxes; durably, in order, each once as far as it can be known. */
@NullMarked
package vn.kydai.outbound;

import org.jspecify.annotations.NullMarked;
