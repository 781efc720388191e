/** The whole centre in one thread on virtual time: clients, database, faults, crashes; one seed decides everything. */
@NullMarked
package vn.kydai.simulation;

import org.jspecify.annotations.NullMarked;
