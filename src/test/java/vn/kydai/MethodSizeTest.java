package vn.kydai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No method of the product is longer than a screen. Relies on the formatter: a closing brace stands under its declaration. */
class MethodSizeTest {
    private static final int MAX_LINES = 50;
    private static final Pattern TYPE = Pattern.compile("\\b(class|record|interface|enum)\\b");
    private static final Pattern BLOCK =
            Pattern.compile("^(if|for|while|switch|try|return|throw|synchronized|}|//|\\*).*");

    /** A declaration up to its parameters: modifiers, type and name, or a constructor's name. */
    private static final Pattern NAMED = Pattern.compile("(.*\\s\\w+|[A-Z]\\w*)");

    @Test
    void noMethodIsLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                tooLong.addAll(longMethods(file.toString(), Files.readAllLines(file)));
            }
        }
        assertEquals(List.of(), tooLong, "split these");
    }

    @Test
    void aLongMethodIsFound() {
        List<String> lines = new ArrayList<>(List.of("class A {", "    void run(", "            int times) {"));
        for (int i = 0; i < MAX_LINES; i++) {
            lines.add("        step();");
        }
        lines.addAll(List.of("    }", "}"));
        assertEquals(List.of("A.java:2 has 53 lines"), longMethods("A.java", lines));
    }

    private static List<String> longMethods(String name, List<String> lines) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int start = declaration(lines, i);
            if (lines.get(i).endsWith("{")
                    && !BLOCK.matcher(lines.get(i).strip()).matches()
                    && isMethod(lines.get(start).strip())) {
                int length = end(lines, i, indent(lines.get(start))) - start + 1;
                if (length > MAX_LINES) {
                    found.add(name + ":" + (start + 1) + " has " + length + " lines");
                }
            }
        }
        return found;
    }

    /** Walks back over the continuation lines of a wrapped signature. */
    private static int declaration(List<String> lines, int from) {
        int line = from;
        while (line > 0 && (isContinuation(lines.get(line)) || isOpen(lines.get(line - 1)))) {
            line--;
        }
        return line;
    }

    private static boolean isContinuation(String line) {
        String text = line.strip();
        return Stream.of(")", "throws ", "implements ", "&& ", "|| ", ".", "? ").anyMatch(text::startsWith);
    }

    private static boolean isOpen(String line) {
        return Stream.of("(", ",", ":", " =", "->").anyMatch(line::endsWith);
    }

    private static boolean isMethod(String declaration) {
        int parameters = declaration.indexOf('(');
        return parameters > 0
                && NAMED.matcher(declaration.substring(0, parameters)).matches()
                && !TYPE.matcher(declaration).find()
                && !BLOCK.matcher(declaration).matches();
    }

    private static int end(List<String> lines, int from, int indent) {
        String closing = " ".repeat(indent) + "}";
        int line = from + 1;
        while (line < lines.size() - 1 && !lines.get(line).startsWith(closing)) {
            line++;
        }
        return line;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
