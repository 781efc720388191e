@NullMarked
package vn.kydai.http;

import org.jspecify.annotations.NullMarked;
