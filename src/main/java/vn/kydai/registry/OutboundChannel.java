package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm;

/**
 * A way out for alarms: to a program, a mailbox.
 *
 * @param id names it; part of what receivers recognise a repeat by
 * @param filter which steps of which alarms go this way, besides those that are escalated to a person whose channel it is
 * @param language {@code vi} or {@code en}
 * @param text what is said of an alarm; absent: the product's own words
 * @param target where it leads
 */
public record OutboundChannel(
        String id, Filter filter, String language, @Nullable Template text, Target target) {
    /** What a template of a text may show. */
    public static final Set<String> PLACES = Set.of(
            "key",
            "alarm",
            "rule",
            "area",
            "areaName",
            "source",
            "sourceName",
            "title",
            "what",
            "step",
            "severity",
            "level",
            "quantity",
            "value",
            "unit",
            "threshold",
            "at",
            "reason",
            "who",
            "consequence",
            "response",
            "by",
            "note",
            "to");

    public OutboundChannel {
        requireNonNull(id, "id is null");
        requireNonNull(filter, "filter is null");
        requireNonNull(language, "language is null");
        requireNonNull(target, "target is null");
    }

    /**
     * Which steps of which alarms.
     *
     * @param area whose subtree; absent: everywhere
     * @param rules of these; empty: of all
     * @param severity of this and worse: 1 high to 3 low, which is all
     */
    public record Filter(@Nullable String area, Set<String> rules, int severity, Set<Alarm.Step> steps) {
        /** Lets nothing pass: of a channel that is a person's own. */
        public static final Filter NOTHING = new Filter(null, Set.of(), 0, Set.of());

        public Filter {
            rules = Set.copyOf(rules);
            steps = Set.copyOf(steps);
        }

        /** Tells whether a step of an alarm goes this way, its area apart. */
        public boolean passes(Alarm alarm, int ofSeverity) {
            return steps.contains(alarm.step())
                    && ofSeverity <= severity
                    && (rules.isEmpty() || rules.contains(alarm.rule()));
        }
    }

    /** Where a channel leads. */
    public sealed interface Target {
        /** Returns its name in the file: {@code webhook}. */
        String kind();
    }

    /**
     * A program that takes HTTP POSTs of JSON, signed after Standard Webhooks 1.0.
     *
     * @param signing the shared secret; absent: not signed
     * @param headers further ones, by name
     * @param secrets what the body may show as <code>{{secret.NAME}}</code>, by name
     * @param body absent: the message as the product writes it
     * @param success what the answer must say besides 2xx; absent: nothing
     */
    public record Webhook(
            URI url,
            @Nullable Secret signing,
            Map<String, Secret> headers,
            Map<String, Secret> secrets,
            @Nullable Template body,
            @Nullable Success success,
            Duration timeout)
            implements Target {
        public Webhook {
            requireNonNull(url, "url is null");
            headers = Map.copyOf(headers);
            secrets = Map.copyOf(secrets);
            requireNonNull(timeout, "timeout is null");
        }

        @Override
        public String kind() {
            return "webhook";
        }
    }

    /**
     * Mailboxes, by the mail server of the house.
     *
     * @param account how to sign in; absent: the server asks for nobody
     * @param from address the mails come from; its domain ends their Message-ID
     * @param most mails of ten minutes, beyond which one mail tells of many
     * @param digestEvery time between two of these
     */
    public record Mail(
            String host,
            int port,
            Security security,
            @Nullable Account account,
            String from,
            List<String> to,
            int most,
            Duration digestEvery)
            implements Target {
        public Mail {
            requireNonNull(host, "host is null");
            requireNonNull(security, "security is null");
            requireNonNull(from, "from is null");
            to = List.copyOf(to);
            requireNonNull(digestEvery, "digestEvery is null");
        }

        @Override
        public String kind() {
            return "smtp";
        }
    }

    /** How a mail server is signed in to. */
    public record Account(String user, Secret password) {}

    /** How the way to a mail server is protected. */
    public enum Security {
        /** By STARTTLS (RFC 3207), or not at all. */
        STARTTLS,
        /** From the first byte (RFC 8314). */
        TLS,
        /** Not at all. */
        NONE
    }

    /**
     * For receivers that answer 200 to what they refuse.
     *
     * @param pointer JSON pointer into the answer
     * @param equals what stands there when it was taken, as text
     */
    public record Success(String pointer, String equals) {}
}
