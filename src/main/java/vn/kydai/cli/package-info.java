/** The command line: one class a command. */
@NullMarked
package vn.kydai.cli;

import org.jspecify.annotations.NullMarked;
