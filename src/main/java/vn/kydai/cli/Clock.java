package vn.kydai.cli;

import picocli.CommandLine.Command;

/** Groups the commands about the machine's clock. */
@Command(name = "clock", description = "Says something of this machine's clock.", mixinStandardHelpOptions = true)
final class Clock {}
