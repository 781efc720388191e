package vn.kydai.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Alarm.Step;
import vn.kydai.event.codec.Json;
import vn.kydai.registry.Channels.Retry;
import vn.kydai.registry.OutboundChannel.Account;
import vn.kydai.registry.OutboundChannel.Filter;
import vn.kydai.registry.OutboundChannel.Mail;
import vn.kydai.registry.OutboundChannel.Security;
import vn.kydai.registry.OutboundChannel.Success;
import vn.kydai.registry.OutboundChannel.Target;
import vn.kydai.registry.OutboundChannel.Webhook;

/** Reads {@code channels.yaml}: {@code {"channels": [{"id": "zalo", "kind": "webhook", "url": …}]}}. */
final class ChannelsReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern HEADER = Pattern.compile("[0-9A-Za-z-]{1,64}|[a-z_]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,32}");
    private static final Pattern VARIABLE = Pattern.compile("(?!KYDAI_)[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Set<String> OUR_HEADERS = Set.of(
            "content-type",
            "content-length",
            "host",
            "connection",
            "transfer-encoding",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Map<String, Integer> SEVERITIES = Map.of("high", 1, "medium", 2, "low", 3);
    private static final List<String> LANGUAGES = List.of("vi", "en");
    private static final Map<String, Step> STEPS = Arrays.stream(Step.values())
            .filter(step -> !step.isOfOrder())
            .collect(Collectors.toUnmodifiableMap(Step::id, Function.identity()));
    private static final Set<Step> USUAL = Set.of(Step.RAISED, Step.REALARMED, Step.CLEARED, Step.LATCHED);
    private static final int MAX_TIMEOUT_SECONDS = 120;
    private static final double LONGEST_WAIT_SECONDS = 3_600;
    private static final double LONGEST_KEPT_HOURS = 24 * 30;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double MILLIS = 1_000;

    private static final List<String> COMMON =
            List.of("id", "enabled", "kind", "shared", "area", "rules", "severity", "steps", "language", "text");
    private static final List<String> OF_FILTER = List.of("area", "rules", "severity", "steps");
    private static final List<String> OF_WEBHOOK =
            List.of("url", "plain", "signing", "headers", "secrets", "body", "success", "timeoutSeconds");

    private static final List<String> OF_SMTP = List.of(
            "host", "port", "security", "plain", "user", "password", "from", "to", "mostInTenMinutes", "digestSeconds");
    private static final Map<String, Function<Fields, Target>> KINDS =
            Map.of("webhook", ChannelsReader::webhook, "smtp", ChannelsReader::mail);
    private static final Map<String, Security> SECURITIES =
            Map.of("starttls", Security.STARTTLS, "tls", Security.TLS, "none", Security.NONE);
    private static final Map<Security, Integer> PORTS =
            Map.of(Security.STARTTLS, 587, Security.TLS, 465, Security.NONE, 25);
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z.:-]{1,253}");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\"]{1,64}@[0-9A-Za-z.-]{1,253}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_MAILS = 1_000;
    private static final int MAX_DIGEST_SECONDS = 3_600;

    private final Areas areas;
    private final AlarmRules rules;

    ChannelsReader(Areas areas, AlarmRules rules) {
        this.areas = areas;
        this.rules = rules;
    }

    Channels read(JsonNode part) {
        Fields fields = Fields.of(part, "", "retry", "channels");
        Set<String> disabled = new TreeSet<>();
        Map<String, OutboundChannel> byId = fields.distinct(
                "channels",
                "id",
                (node, pointer) -> {
                    OutboundChannel channel = channel(node, pointer);
                    JsonNode enabled = node.path("enabled");
                    if (!enabled.asBoolean(true)) {
                        disabled.add(channel.id());
                    }
                    return channel;
                },
                OutboundChannel::id);
        List<OutboundChannel> enabled = byId.values().stream()
                .filter(channel -> !disabled.contains(channel.id()))
                .toList();
        return new Channels(
                fields.has("retry") ? retry(fields.required("retry")) : Channels.NONE.retry(), enabled, disabled);
    }

    private static Retry retry(JsonNode node) {
        Fields fields = Fields.of(node, "/retry", "firstSeconds", "longestSeconds", "giveUpHours");
        Retry usual = Channels.NONE.retry();
        return new Retry(
                seconds(fields.numberOrNull("firstSeconds", 1 / MILLIS, LONGEST_WAIT_SECONDS), usual.first()),
                seconds(fields.numberOrNull("longestSeconds", 1 / MILLIS, LONGEST_WAIT_SECONDS), usual.longest()),
                hours(fields.numberOrNull("giveUpHours", 1 / SECONDS_PER_HOUR, LONGEST_KEPT_HOURS), usual.giveUp()));
    }

    private static Duration seconds(@Nullable Double found, Duration usual) {
        return found == null ? usual : Duration.ofMillis(Math.round(found * MILLIS));
    }

    private static Duration hours(@Nullable Double found, Duration usual) {
        return found == null ? usual : Duration.ofSeconds(Math.round(found * SECONDS_PER_HOUR));
    }

    private OutboundChannel channel(JsonNode node, String pointer) {
        List<String> keys = new ArrayList<>(COMMON);
        keys.addAll("smtp".equals(node.path("kind").asText()) ? OF_SMTP : OF_WEBHOOK);
        Fields fields = Fields.of(node, pointer, keys.toArray(String[]::new));
        Target target = fields.oneOf("kind", KINDS).apply(fields);
        boolean unused = fields.flag("enabled");
        return new OutboundChannel(
                fields.matching("id", ID),
                filter(fields),
                fields.has("language") ? fields.oneOf("language", LANGUAGES) : "vi",
                fields.has("text") ? template(fields, "text", OutboundChannel.PLACES) : null,
                target);
    }

    private Filter filter(Fields fields) {
        if (fields.has("shared") && !fields.flag("shared")) {
            for (String key : OF_FILTER) {
                if (fields.has(key)) {
                    throw fields.invalid(key, "nothing beside shared: false");
                }
            }
            return Filter.NOTHING;
        }
        String area = fields.textOrNull("area");
        if (area != null && areas.find(area).isEmpty()) {
            throw fields.invalid("area", "an id of areas.yaml");
        }
        List<String> ofRules = fields.list("rules", (node, pointer) -> {
            if (!rules.isListed(node.asText())) {
                throw new InvalidPart(
                        pointer, "found " + Fields.shown(node) + "; allowed: an id of a rule of alarms.yaml");
            }
            return node.asText();
        });
        List<Step> steps = fields.list("steps", (node, pointer) -> {
            Step step = STEPS.get(node.asText());
            if (step == null) {
                throw new InvalidPart(
                        pointer,
                        "found " + Fields.shown(node) + "; allowed: "
                                + String.join(", ", new TreeSet<>(STEPS.keySet())));
            }
            return step;
        });
        return new Filter(
                area,
                Set.copyOf(ofRules),
                fields.has("severity") ? fields.oneOf("severity", SEVERITIES) : 3,
                steps.isEmpty() ? USUAL : Set.copyOf(steps));
    }

    private static Webhook webhook(Fields fields) {
        Map<String, Secret> secrets = secrets(fields, "secrets", NAME);
        Map<String, Secret> headers = secrets(fields, "headers", HEADER);
        for (String name : headers.keySet()) {
            if (OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new InvalidPart(
                        fields.pointer("headers") + "/" + name, "found " + name + ", which is set by the server");
            }
        }
        Set<String> places = new TreeSet<>(OutboundChannel.PLACES);
        places.addAll(List.of("text", "textAscii"));
        secrets.keySet().forEach(name -> places.add("secret." + name));
        Template body = fields.has("body") ? template(fields, "body", places) : null;
        if (body != null && !isJson(body.render(name -> "x"))) {
            throw fields.invalid("body", "JSON, with its places inside of texts: \"{{text}}\"");
        }
        return new Webhook(
                url(fields),
                fields.has("signing") ? secret(fields.required("signing"), fields.pointer("signing")) : null,
                headers,
                secrets,
                body,
                fields.has("success") ? success(fields.required("success"), fields.pointer("success")) : null,
                Duration.ofSeconds(
                        fields.has("timeoutSeconds") ? fields.integer("timeoutSeconds", 1, MAX_TIMEOUT_SECONDS) : 10));
    }

    private static Mail mail(Fields fields) {
        Security security = fields.has("security") ? fields.oneOf("security", SECURITIES) : Security.STARTTLS;
        String host = fields.matching("host", HOST);
        if (security == Security.NONE && !fields.flag("plain") && !LOOPBACK.contains(host)) {
            throw fields.invalid("security", "starttls or tls (none to this machine, or with plain: true)");
        }
        if (fields.has("user") != fields.has("password")) {
            throw fields.invalid("password", "a secret where there is a user, and a user where there is a password");
        }
        List<String> to = fields.list("to", (node, pointer) -> Fields.matching(node, pointer, ADDRESS));
        if (to.isEmpty()) {
            throw fields.invalid("to", "a list of one address or more");
        }
        return new Mail(
                host,
                fields.has("port")
                        ? fields.integer("port", 1, MAX_PORT)
                        : requireNonNull(PORTS.get(security), "every security has a port"),
                security,
                fields.has("user")
                        ? new Account(
                                fields.text("user"), secret(fields.required("password"), fields.pointer("password")))
                        : null,
                fields.matching("from", ADDRESS),
                to,
                fields.has("mostInTenMinutes") ? fields.integer("mostInTenMinutes", 1, MAX_MAILS) : 10,
                Duration.ofSeconds(
                        fields.has("digestSeconds") ? fields.integer("digestSeconds", 1, MAX_DIGEST_SECONDS) : 60));
    }

    /** An address of the configuration alone, never of an event; what goes over a network is encrypted unless said. */
    private static URI url(Fields fields) {
        String allowed = "an https:// address without user and fragment (http:// to this machine, or with plain: true)";
        try {
            URI url = new URI(fields.text("url"));
            boolean isSecret = "https".equals(url.getScheme());
            boolean isPlain =
                    "http".equals(url.getScheme()) && (fields.flag("plain") || LOOPBACK.contains(url.getHost()));
            boolean isBare = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            if (!(isSecret || isPlain) || !isBare) {
                throw fields.invalid("url", allowed);
            }
            return url;
        } catch (URISyntaxException e) {
            throw fields.invalid("url", allowed);
        }
    }

    private static Success success(JsonNode node, String pointer) {
        Fields fields = Fields.of(node, pointer, "pointer", "equals");
        try {
            JsonPointer unused = JsonPointer.compile(fields.text("pointer"));
        } catch (IllegalArgumentException e) {
            throw fields.invalid("pointer", "a JSON pointer such as /error");
        }
        return new Success(fields.text("pointer"), fields.required("equals").asText());
    }

    private static Map<String, Secret> secrets(Fields fields, String key, Pattern names) {
        Map<String, Secret> found = new LinkedHashMap<>();
        if (fields.has(key)) {
            JsonNode node = fields.required(key);
            if (!node.isObject()) {
                throw fields.invalid(key, "an object of secrets by name");
            }
            node.properties().forEach(entry -> {
                String pointer = Fields.child(fields.pointer(key), entry.getKey());
                if (!names.matcher(entry.getKey()).matches()) {
                    throw new InvalidPart(
                            pointer, "found the name " + entry.getKey() + "; allowed: " + names.pattern());
                }
                found.put(entry.getKey(), secret(entry.getValue(), pointer));
            });
        }
        return found;
    }

    private static Secret secret(JsonNode node, String pointer) {
        if (!node.isObject()) {
            // Not shown: somebody may have put the secret itself here.
            throw new InvalidPart(pointer, "allowed: {env: VARIABLE} or {file: PATH}, never the secret itself");
        }
        Fields fields = Fields.of(node, pointer, "env", "file");
        if (fields.has("env") == fields.has("file")) {
            throw new InvalidPart(pointer, "allowed: one of env and file");
        }
        return fields.has("env")
                ? new Secret.Variable(fields.matching("env", VARIABLE))
                : new Secret.InFile(fields.text("file"));
    }

    private static Template template(Fields fields, String key, Set<String> places) {
        Template template = new Template(fields.text(key));
        Set<String> unknown = template.unknown(places);
        if (!unknown.isEmpty()) {
            throw new InvalidPart(
                    fields.pointer(key),
                    "found the places " + String.join(", ", unknown) + "; allowed: "
                            + String.join(", ", new TreeSet<>(places)));
        }
        return template;
    }

    private static boolean isJson(String text) {
        try {
            return Json.MAPPER.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
