package vn.kydai.registry;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition over the figures of an area, in the Common Expression Language (CEL). Every figure has {@code value}
 * (seconds, a share 0…1 or a count; of what is measured by an instant its age), {@code numerator}, {@code denominator} and
 * {@code n}, all doubles: {@code overdueNow.value > 5 || overdueNow.value > 0.02 * processing.value}. There are no macros,
 * so what it costs is bounded by its length. Compiled once; immutable.
 */
public final class Expression {
    /** What every figure has. */
    public static final List<String> PARTS = List.of("value", "numerator", "denominator", "n");

    private static final int MAX_CHARS = 1_000;
    private static final int MAX_DEPTH = 50;

    private final String text;
    private final CelRuntime.Program program;

    /** Made when the first expression is read: an installation without one does not pay for it. */
    private static final class Language {
        private static final CelOptions OPTIONS = CelOptions.current()
                .enableHeterogeneousNumericComparisons(true)
                .maxExpressionCodePointSize(MAX_CHARS)
                .maxParseRecursionDepth(MAX_DEPTH)
                .build();

        private static final CelCompiler COMPILER = compiler();
        private static final CelRuntime RUNTIME =
                CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

        private static CelCompiler compiler() {
            CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(List.of())
                    .setResultType(SimpleType.BOOL);
            for (String figure : Thresholds.FIGURES) {
                PARTS.forEach(part -> builder.addVar(figure + "." + part, SimpleType.DOUBLE));
            }
            return builder.build();
        }
    }

    private Expression(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /** Compiles a text; fails with {@link InvalidPart} that says in which line and column of it. */
    static Expression of(String text, String pointer) {
        CelValidationResult checked = Language.COMPILER.compile(text);
        if (checked.hasError()) {
            CelIssue issue = checked.getErrors().get(0);
            throw new InvalidPart(
                    pointer,
                    "found, in line %d and column %d of the expression: %s; allowed: CEL that is true or false, over %s of figures"
                            .formatted(
                                    issue.getSourceLocation().getLine(),
                                    issue.getSourceLocation().getColumn() + 1,
                                    issue.getMessage(),
                                    String.join(", ", PARTS)));
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            return new Expression(text, Language.RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new InvalidPart(
                    pointer, "found an expression that cannot be run: " + e.getMessage() + "; allowed: CEL");
        }
    }

    /**
     * Judges it.
     *
     * @param figures by {@code figure.part}; what is missing is left out
     * @return empty when it needs what is missing, or divides by nothing
     */
    public Optional<Boolean> holds(Map<String, Double> figures) {
        try {
            return program.eval(figures) instanceof Boolean holds ? Optional.of(holds) : Optional.empty();
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expression expression && expression.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
