package vn.kydai.cli;

import picocli.CommandLine.Command;

/** Groups the commands about people. */
@Command(name = "user", description = "Lets people in.", mixinStandardHelpOptions = true)
final class User {}
