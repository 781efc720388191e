/** The pages in a real browser, driven by Selenium. */
@NullMarked
package vn.kydai.browser;

import org.jspecify.annotations.NullMarked;
