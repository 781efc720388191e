/** The one HTTP server: sign-in, problem bodies, pages, OpenAPI. */
@NullMarked
package vn.kydai.http;

import org.jspecify.annotations.NullMarked;
