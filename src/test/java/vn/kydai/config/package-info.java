@NullMarked
package vn.kydai.config;

import org.jspecify.annotations.NullMarked;
