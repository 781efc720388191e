package vn.kydai.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import vn.kydai.config.Settings;

/** How a command finds a server and says who it is. */
final class Remote {
    /** Variable that may hold a token. */
    static final String TOKEN = "KYDAI_TOKEN";

    private Remote() {}

    /** Returns the server given, or that of the configuration. */
    static URI server(Installation installation, @Nullable String url) {
        if (url == null) {
            Settings.Http http = installation.settings().http();
            return URI.create("http://" + http.host() + ":" + http.port());
        }
        if (!url.matches("https?://[^/?#\\s]+/?")) {
            throw new Refusal("--url: found " + url + "; allowed: http://HOST:PORT");
        }
        return URI.create(url);
    }

    /** Returns the token of a file, or else of the variable. */
    static String token(@Nullable Path file, @Nullable String variable) throws IOException {
        if (file != null) {
            if (!Files.isReadable(file)) {
                throw new Refusal("--token-file: found no readable file " + file);
            }
            return Files.readString(file).strip();
        }
        if (variable == null || variable.isBlank()) {
            throw new Refusal("--token-file: found none, and no variable " + TOKEN + "; allowed: one of them, with the"
                    + " token that device add or token add printed");
        }
        return variable.strip();
    }
}
