/** PostgreSQL: the embedded server or an external one, migrations, pools, and the refusal of one that may lose commits. */
@NullMarked
package vn.kydai.database;

import org.jspecify.annotations.NullMarked;
