@NullMarked
package vn.kydai.cli;

import org.jspecify.annotations.NullMarked;
