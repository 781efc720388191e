@NullMarked
package vn.kydai.registry;

import org.jspecify.annotations.NullMarked;
