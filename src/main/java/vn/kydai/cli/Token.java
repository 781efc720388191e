package vn.kydai.cli;

import picocli.CommandLine.Command;

/** Groups the commands about tokens of screens and scripts. */
@Command(name = "token", description = "Lets screens and scripts in.", mixinStandardHelpOptions = true)
final class Token {}
