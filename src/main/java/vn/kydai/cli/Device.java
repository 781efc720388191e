package vn.kydai.cli;

import picocli.CommandLine.Command;

/** Groups the commands about sources. */
@Command(name = "device", description = "Registers what may send events.", mixinStandardHelpOptions = true)
final class Device {}
