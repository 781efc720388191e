/** What the figures refer to: areas, sources, procedures, the working calendar, metrics and targets. */
@NullMarked
package vn.kydai.registry;

import org.jspecify.annotations.NullMarked;
