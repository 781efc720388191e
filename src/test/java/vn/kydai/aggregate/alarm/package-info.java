@NullMarked
package vn.kydai.aggregate.alarm;

import org.jspecify.annotations.NullMarked;
