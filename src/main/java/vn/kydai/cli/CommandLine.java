package vn.kydai.cli;

import io.vertx.core.VertxException;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import vn.kydai.config.ConfigurationException;
import vn.kydai.database.UnsafeDatabase;
import vn.kydai.registry.RegistrationRefused;

/** Takes the words of the command line to a command. Without one it serves. */
@Command(
        name = "kydai",
        description = "Open event-driven backend of a smart operations centre.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class CommandLine implements Callable<Integer> {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandLine.class);

    @Mixin
    private final Directories directories;

    private final Serve serve;

    private CommandLine(Directories directories, Serve serve) {
        this.directories = directories;
        this.serve = serve;
    }

    /** Runs one command and ends the process: 0 fine, 1 failed, 2 usage or configuration. */
    public static void main(String[] args) {
        System.exit(create(Console.system()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        LOGGER.atDebug().addKeyValue("config", directories.config()).log("no command: serving");
        return serve.call();
    }

    /** Returns the commands, ready to be executed. */
    static picocli.CommandLine create(Console console) {
        Directories directories = new Directories();
        Installation installation = new Installation(directories);
        Serve serve = new Serve(installation, console);
        picocli.CommandLine commands = new picocli.CommandLine(new CommandLine(directories, serve))
                .addSubcommand(serve)
                .addSubcommand(new Demo(installation, console))
                .addSubcommand(new Simulate(installation, console))
                .addSubcommand(new Bench(installation, console))
                .addSubcommand(new Verify(installation, console))
                .addSubcommand(new Readmit(installation, console))
                .addSubcommand(device(installation, console))
                .addSubcommand(token(installation, console))
                .addSubcommand(user(installation, console))
                .addSubcommand(imports(installation, console))
                .addSubcommand(
                        new picocli.CommandLine(new Clock()).addSubcommand(new ClockConfirm(installation, console)))
                .addSubcommand(new Export(installation, console));
        return commands.setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, args) -> usage(problem))
                .setExecutionExceptionHandler((problem, command, parsed) -> failed(problem, console));
    }

    private static picocli.CommandLine device(Installation installation, Console console) {
        return new picocli.CommandLine(new Device())
                .addSubcommand(new DeviceAdd(installation, console))
                .addSubcommand(new DeviceList(installation, console))
                .addSubcommand(new DeviceRevoke(installation));
    }

    private static picocli.CommandLine token(Installation installation, Console console) {
        return new picocli.CommandLine(new Token())
                .addSubcommand(new TokenAdd(installation, console))
                .addSubcommand(new TokenList(installation, console))
                .addSubcommand(new TokenRevoke(installation));
    }

    private static picocli.CommandLine user(Installation installation, Console console) {
        return new picocli.CommandLine(new User())
                .addSubcommand(new UserAdd(installation, console))
                .addSubcommand(new UserList(installation, console))
                .addSubcommand(UserDisable.DISABLE, new UserDisable(installation, true))
                .addSubcommand(UserDisable.ENABLE, new UserDisable(installation, false))
                .addSubcommand(new UserReset(installation, console));
    }

    private static picocli.CommandLine imports(Installation installation, Console console) {
        CsvImport csv = new CsvImport(installation, console);
        return new picocli.CommandLine(new Import())
                .addSubcommand(new ImportDossiers(csv))
                .addSubcommand(new ImportTickets(csv))
                .addSubcommand(new ImportReadings(csv))
                .addSubcommand(new ImportIndicators(csv))
                .addSubcommand(new ImportProcedures(installation, console));
    }

    private static int usage(ParameterException problem) {
        picocli.CommandLine command = problem.getCommandLine();
        command.getErr().println("kydai: " + problem.getMessage());
        command.getErr().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception problem, Console console) {
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        message.lines().forEach(line -> console.err().println("kydai: " + line));
        if (isRefusal(problem)) {
            return ExitCode.USAGE;
        }
        if (!(problem instanceof VertxException)) {
            LOGGER.atError().setCause(problem).log("command failed");
        }
        return ExitCode.SOFTWARE;
    }

    private static boolean isRefusal(Exception problem) {
        return problem instanceof Refusal
                || problem instanceof ConfigurationException
                || problem instanceof RegistrationRefused
                || problem instanceof UnsafeDatabase;
    }
}
