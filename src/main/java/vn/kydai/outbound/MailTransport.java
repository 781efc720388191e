package vn.kydai.outbound;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Digest;
import vn.kydai.registry.OutboundChannel.Mail;
import vn.kydai.registry.OutboundChannel.Security;
import vn.kydai.registry.Secret;
import vn.kydai.registry.Template;

/**
 * Sends mails, one an alarm's step; in a flood of alarms one mail tells of many, at intervals. Connects anew for each:
 * mails are few, and a secret that was renewed holds at once.
 */
final class MailTransport implements Transport {
    private static final String PASSWORD = "password";
    private static final Duration FLOOD_WINDOW = Duration.ofMinutes(10);
    private static final int TIMEOUT_SECONDS = 30;
    private static final int KEY_CHARS = 32;

    /** Replies that turn down this mail (RFC 5321: mailbox unavailable … transaction failed) rather than all. */
    private static final int FIRST_OF_MESSAGE = 550;

    private static final int LAST_OF_MESSAGE = 554;

    private final Vertx vertx;
    private final Mail mail;
    private final Words words;
    private final Vault vault;
    private final InstantSource clock;
    private final Deque<Instant> sent = new ArrayDeque<>();
    private @Nullable MailClient open;

    MailTransport(Vertx vertx, Mail mail, String language, Vault vault, InstantSource clock) {
        this.vertx = vertx;
        this.mail = mail;
        this.words = Words.of(language);
        this.vault = vault;
        this.clock = clock;
    }

    /** Returns every secret it needs, by what it is for. */
    static Map<String, Secret> secrets(Mail mail) {
        return mail.account() == null
                ? Map.of()
                : Map.of(PASSWORD, mail.account().password());
    }

    @Override
    public int share(int waiting) {
        return isFlood() || waiting > mail.most() ? waiting : 1;
    }

    @Override
    public Instant earliest() {
        return isFlood() ? sent.getLast().plus(mail.digestEvery()) : Instant.MIN;
    }

    private boolean isFlood() {
        Instant begin = clock.instant().minus(FLOOD_WINDOW);
        while (!sent.isEmpty() && sent.getFirst().isBefore(begin)) {
            sent.removeFirst();
        }
        return sent.size() >= mail.most();
    }

    @Override
    public Future<Void> send(List<Delivery> deliveries) {
        return vault.open(secrets(mail)).compose(secrets -> {
            MailClient client = MailClient.create(vertx, config(secrets));
            open = client;
            return client.sendMail(message(deliveries))
                    .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .eventually(this::close)
                    .onSuccess(done -> sent.addLast(clock.instant()))
                    .recover(failure -> Future.failedFuture(named(failure)))
                    .mapEmpty();
        });
    }

    @Override
    public Future<Void> close() {
        MailClient client = open;
        open = null;
        return client == null ? Future.succeededFuture() : client.close();
    }

    /** Asks for no check of the certificate's host: vertx-mail-client makes it by itself, and leaves it out where it is asked for. */
    private MailConfig config(Map<String, String> secrets) {
        MailConfig config = new MailConfig()
                .setHostname(mail.host())
                .setPort(mail.port())
                .setSsl(mail.security() == Security.TLS)
                .setStarttls(mail.security() == Security.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS))
                .setOwnHostname(domain())
                .setUserAgent("kydai")
                .setKeepAlive(false)
                .setMaxPoolSize(1)
                .setLogin(mail.account() == null ? LoginOption.NONE : LoginOption.REQUIRED);
        return mail.account() == null
                ? config
                : config.setUsername(mail.account().user()).setPassword(secrets.getOrDefault(PASSWORD, ""));
    }

    private MailMessage message(List<Delivery> deliveries) {
        Map<String, String> places = new HashMap<>(deliveries.get(0).places());
        places.put("count", Integer.toString(deliveries.size()));
        String subject = deliveries.size() == 1 ? "subject" : "digestSubject";
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .set("Message-ID", "<" + key(deliveries) + "@" + domain() + ">")
                // Not to be answered by a machine (RFC 3834).
                .set("Auto-Submitted", "auto-generated")
                .set(
                        "X-Kydai-Alarm",
                        deliveries.stream().map(Delivery::alarm).distinct().collect(Collectors.joining(" ")));
        return new MailMessage()
                .setFrom(mail.from())
                .setTo(mail.to())
                .setSubject(line(new Template(words.text(subject)).render(place -> places.getOrDefault(place, ""))))
                .setText(deliveries.stream()
                        .map(delivery -> delivery.place("text") + "\n" + delivery.key() + "\n")
                        .collect(Collectors.joining("\n")))
                .setHeaders(headers);
    }

    /** The message's own, or one that the same messages together have again. */
    private static String key(List<Delivery> deliveries) {
        if (deliveries.size() == 1) {
            return deliveries.get(0).key();
        }
        String all = deliveries.stream().map(Delivery::key).collect(Collectors.joining("\n"));
        return "msg_" + Digest.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_CHARS);
    }

    private String domain() {
        return mail.from().substring(mail.from().indexOf('@') + 1);
    }

    /** A header is one line. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static NotDelivered named(Throwable failure) {
        return switch (failure) {
            case NotDelivered known -> known;
            case SMTPException smtp
            when smtp.getReplyCode() >= FIRST_OF_MESSAGE && smtp.getReplyCode() <= LAST_OF_MESSAGE ->
                NotDelivered.refused("reply " + smtp.getReplyCode());
            case SMTPException smtp -> NotDelivered.blocked("reply " + smtp.getReplyCode());
            case TimeoutException late -> NotDelivered.blocked("timeout");
            case javax.net.ssl.SSLException untrusted -> NotDelivered.blocked("tls");
            case java.io.IOException gone -> NotDelivered.blocked("unreachable");
            default -> NotDelivered.of(failure);
        };
    }
}
