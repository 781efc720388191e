package vn.kydai.outbound;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.kydai.registry.OutboundChannel;
import vn.kydai.registry.Secret;

/** Gives the secrets that the configuration only names. */
final class Vault {
    private final Vertx vertx;
    private final UnaryOperator<@Nullable String> environment;

    /**
     * Creates it.
     *
     * @param environment value of a variable; null without one
     */
    Vault(Vertx vertx, UnaryOperator<@Nullable String> environment) {
        this.vertx = vertx;
        this.environment = environment;
    }

    /** Returns what is wrong with the secrets of a channel, one line each; files are looked at when they are needed. */
    static List<String> problems(
            OutboundChannel channel, Map<String, Secret> secrets, UnaryOperator<@Nullable String> environment) {
        List<String> problems = new ArrayList<>();
        secrets.forEach((key, secret) -> {
            if (secret instanceof Secret.Variable variable && isBlank(environment.apply(variable.name()))) {
                problems.add("channels.yaml: channel " + channel.id() + ", " + key + ": found no environment variable "
                        + variable.name() + "; allowed: one that holds the secret");
            }
        });
        return problems;
    }

    /** Returns which of a channel's secret files cannot be read or hold nothing, one line each. Blocks. */
    static List<String> unreadable(OutboundChannel channel, Map<String, Secret> secrets) {
        List<String> problems = new ArrayList<>();
        secrets.forEach((key, secret) -> {
            if (secret instanceof Secret.InFile file && !holdsSomething(Path.of(file.path()))) {
                problems.add("channels.yaml: channel " + channel.id() + ", " + key + ": found nothing to read in "
                        + file.path() + "; what goes this way waits; allowed: a file that holds the secret");
            }
        });
        return problems;
    }

    private static boolean holdsSomething(Path file) {
        try {
            return !Files.readString(file).isBlank();
        } catch (IOException e) {
            return false;
        }
    }

    /** Opens some by name; fails with {@link NotDelivered} when one cannot be read. */
    Future<Map<String, String>> open(Map<String, Secret> secrets) {
        Future<Map<String, String>> opened = Future.succeededFuture(new TreeMap<>());
        for (Map.Entry<String, Secret> secret : secrets.entrySet()) {
            opened = opened.compose(before -> open(secret.getValue()).map(value -> {
                before.put(secret.getKey(), value);
                return before;
            }));
        }
        return opened;
    }

    private Future<String> open(Secret secret) {
        return switch (secret) {
            case Secret.Variable variable -> {
                String value = environment.apply(variable.name());
                yield value == null || value.isBlank()
                        ? Future.failedFuture(NotDelivered.blocked("secret"))
                        : Future.succeededFuture(value.strip());
            }
            case Secret.InFile file ->
                vertx.fileSystem()
                        .readFile(file.path())
                        .map(bytes -> bytes.toString().strip())
                        .compose(value -> value.isEmpty()
                                ? Future.failedFuture(NotDelivered.blocked("secret"))
                                : Future.succeededFuture(value))
                        .recover(unreadable -> Future.failedFuture(NotDelivered.blocked("secret")));
        };
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
