@NullMarked
package vn.kydai.database;

import org.jspecify.annotations.NullMarked;
