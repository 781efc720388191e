package vn.kydai.cli;

import picocli.CommandLine.Command;

/** Groups the commands that take files of one's own data in. */
@Command(name = "import", description = "Takes in files of one's own data.", mixinStandardHelpOptions = true)
final class Import {}
