/** Who may do what: devices, tokens, sessions, roles and scopes. */
@NullMarked
package vn.kydai.access;

import org.jspecify.annotations.NullMarked;
