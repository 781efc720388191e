package vn.kydai.database;

import io.vertx.pgclient.PgConnectOptions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.kydai.config.ConfigurationException;

/**
 * Reads {@code database.uri}. It holds a password, so what is wrong is told by naming the part, never by repeating what
 * stands there; nothing that is not read here reaches a library, whose complaint would.
 */
final class DatabaseUri {
    private static final Pattern FORM = Pattern.compile("(?<scheme>[^:/?@\\[\\]]*)://"
            + "(?:(?<user>[^:@/?]*)(?::(?<password>[^:@/?]*))?@)?"
            + "(?<host>\\[[^\\]@/?]*\\]|[^:@/?\\[\\]]*)(?::(?<port>[^@/?]*))?"
            + "(?:/(?<database>[^@/?]*))?(?:\\?(?<options>.*))?");
    private static final Pattern SCHEME = Pattern.compile("postgres(ql)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern ENCODED = Pattern.compile("(?:[^%\\s#\\\\\"<>^`{|}\\p{Cntrl}]|%[0-9A-Fa-f]{2})*");
    private static final Pattern OPTION = Pattern.compile("[A-Za-z_.]+=[^&=]*");
    private static final int MAX_PORT = 65_535;
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final String ALLOWED = "postgresql://user:password@host:port/database?sslmode=require, each special"
            + " character in a name or password percent-encoded (# is %23, @ is %40, : is %3A, / is %2F, ? is %3F, % is %25)";

    private DatabaseUri() {}

    /** Reads it; fails with {@link ConfigurationException}. */
    static PgConnectOptions parse(String uri) {
        Matcher form = FORM.matcher(uri);
        if (uri.indexOf('#') >= 0) {
            throw wrong("it holds a # that is not percent-encoded");
        }
        if (!form.matches()) {
            throw wrong("it has not the form of an address, or a special character in a name or password is not"
                    + " percent-encoded");
        }
        require(SCHEME.matcher(form.group("scheme")).matches(), "the scheme is not postgresql");
        for (String part : List.of("user", "password", "database", "options")) {
            String found = form.group(part);
            require(
                    found == null || ENCODED.matcher(found).matches(),
                    "the " + part + " holds a character that is not percent-encoded");
        }
        require(HOST.matcher(form.group("host")).matches(), "the host is no name or address");
        String port = form.group("port");
        require(port == null || isPort(port), "the port is no number from 1 to 65535");
        String options = form.group("options");
        if (options != null) {
            List.of(options.split("&", -1)).forEach(DatabaseUri::checkOption);
        }
        try {
            return PgConnectOptions.fromUri(uri);
        } catch (RuntimeException e) {
            // Not kept as the cause: it repeats what it could not read.
            throw wrong("a part of it is not understood");
        }
    }

    private static boolean isPort(String port) {
        return PORT.matcher(port).matches() && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= MAX_PORT;
    }

    private static void checkOption(String option) {
        require(OPTION.matcher(option).matches(), "what follows the ? is not name=value, joined by &");
        int mark = option.indexOf('=');
        if (option.substring(0, mark).toLowerCase(Locale.ROOT).equals("sslmode")) {
            require(
                    SSL_MODES.contains(option.substring(mark + 1).toLowerCase(Locale.ROOT)),
                    "the sslmode is none of " + String.join(", ", SSL_MODES));
        }
    }

    private static void require(boolean isRight, String otherwise) {
        if (!isRight) {
            throw wrong(otherwise);
        }
    }

    private static ConfigurationException wrong(String what) {
        return new ConfigurationException(
                List.of("database.uri: " + what + " (not repeated here, it may hold a password); allowed: " + ALLOWED));
    }
}
