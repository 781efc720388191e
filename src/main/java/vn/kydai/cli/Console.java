package vn.kydai.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/**
 * Where commands answer. Always UTF-8: Vietnamese must survive a plain POSIX locale.
 *
 * @param out answers, and nothing else
 * @param err what went wrong
 */
record Console(PrintWriter out, PrintWriter err) {
    /** Returns the process's own. */
    static Console system() {
        return new Console(writer(FileDescriptor.out), writer(FileDescriptor.err));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), true);
    }
}
