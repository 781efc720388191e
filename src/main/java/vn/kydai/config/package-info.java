/** Settings as records, read once from YAML and the environment, and validated before anything starts. */
@NullMarked
package vn.kydai.config;

import org.jspecify.annotations.NullMarked;
