package vn.kydai.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Takes the words of the command line to a command. Without one it serves. */
@Command(
        name = "kydai",
        description = "Open event-driven backend of a smart operations centre.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class CommandLine implements Callable<Integer> {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandLine.class);

    private CommandLine() {}

    /** Runs one command and ends the process: 0 fine, 1 failed, 2 usage or configuration. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] args) {
        System.exit(create().execute(args));
    }

    /** Returns the commands, ready to be executed. */
    static picocli.CommandLine create() {
        CommandLine root = new CommandLine();
        return new picocli.CommandLine(root)
                .addSubcommand("verify", new NotBuilt("verify"))
                .addSubcommand("user", new NotBuilt("user"))
                .addSubcommand("import", new NotBuilt("import"))
                .addSubcommand("export", new NotBuilt("export"))
                .addSubcommand("bench", new NotBuilt("bench"))
                .setParameterExceptionHandler((problem, args) -> usage(problem))
                .setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, command.getErr()));
    }

    @Override
    public Integer call() {
        return NotBuilt.EXIT_USAGE;
    }

    private static int usage(ParameterException problem) {
        picocli.CommandLine command = problem.getCommandLine();
        command.getErr().println("kydai: " + problem.getMessage());
        command.getErr().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return picocli.CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception problem, PrintWriter err) {
        LOGGER.atDebug().setCause(problem).log("command failed");
        err.println("kydai: " + problem.getMessage());
        return picocli.CommandLine.ExitCode.SOFTWARE;
    }
}
