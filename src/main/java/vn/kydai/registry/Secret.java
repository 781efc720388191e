package vn.kydai.registry;

/** Where a secret stands; the configuration never holds the secret itself. */
public sealed interface Secret {
    /** In an environment variable of the server, read at its start. */
    record Variable(String name) implements Secret {}

    /** In a file, read at each use, so that another program may renew it. */
    record InFile(String path) implements Secret {}
}
