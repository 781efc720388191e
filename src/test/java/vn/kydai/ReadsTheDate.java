package vn.kydai;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Marks tests that the machine's clock reaches; {@code .ci/run} runs them at other moments too, see docs/testing.md. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("date")
public @interface ReadsTheDate {}
