package vn.kydai.cli;

import picocli.CommandLine.IVersionProvider;

/** The version built into the jar, {@code dev} when run from classes. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"kydai " + text()};
    }

    private static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
