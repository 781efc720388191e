package vn.kydai.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Unmatched;

/** A command of the contract that this version does not have: says so and stops with the code of wrong usage. */
@Command(description = "Not in this version.")
final class NotBuilt implements Callable<Integer> {
    static final List<String> NAMES = List.of("user");

    private final String name;
    private final Console console;

    @Unmatched
    private final List<String> rest = new ArrayList<>();

    NotBuilt(String name, Console console) {
        this.name = name;
        this.console = console;
    }

    @Override
    public Integer call() {
        String called = rest.isEmpty() ? name : name + " " + rest.getFirst();
        console.err().println("kydai: " + called + " is not in this version");
        return ExitCode.USAGE;
    }
}
