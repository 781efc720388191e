@NullMarked
package vn.kydai.report;

import org.jspecify.annotations.NullMarked;
