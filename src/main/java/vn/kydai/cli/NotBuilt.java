package vn.kydai.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command of the contract that this version does not have: says so and stops with the code of wrong usage. */
@Command(description = "Not in this version.", mixinStandardHelpOptions = true)
final class NotBuilt implements Callable<Integer> {
    static final int EXIT_USAGE = picocli.CommandLine.ExitCode.USAGE;

    private final String name;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(hidden = true, arity = "0..*")
    private List<String> rest = List.of();

    NotBuilt(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        String called = rest.isEmpty() ? name : name + " " + rest.getFirst();
        spec.commandLine().getErr().println("kydai: " + called + " is not in this version");
        return EXIT_USAGE;
    }
}
