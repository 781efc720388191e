/** Metrics, dashboards, alert rules and the read-only views, held against each other. */
@NullMarked
package vn.kydai.observe;

import org.jspecify.annotations.NullMarked;
