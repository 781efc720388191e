package vn.kydai.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a setting is for and what it may be. The default is the value in {@link Settings#DEFAULTS}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /** One line for the commented configuration file. */
    String value();

    /** Unit of a number, such as {@code ms}; empty for none. */
    String unit() default "";

    /** Smallest number allowed; of a text, its shortest length. */
    long min() default 0;

    /** Largest number allowed. */
    long max() default Integer.MAX_VALUE;

    /** The words allowed, if only some are. */
    String[] allowed() default {};

    /** Words that will be allowed once what they name is built. */
    String[] notYet() default {};

    /** What a text must begin with, unless it is empty. */
    String[] beginsWith() default {};

    /** Characters that a text may not have. */
    String without() default "";

    /** Whether the value may hold a password, so that no message may show it. */
    boolean secret() default false;
}
