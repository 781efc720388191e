/** Reading: events, ledger, areas, series and figures over HTTP. */
@NullMarked
package vn.kydai.report;

import org.jspecify.annotations.NullMarked;
