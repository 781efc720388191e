package vn.kydai.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.DateFormatter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.codec.Json;
import vn.kydai.outbound.NotDelivered.Blame;
import vn.kydai.registry.OutboundChannel.Success;
import vn.kydai.registry.OutboundChannel.Webhook;
import vn.kydai.registry.Secret;

/**
 * POSTs JSON to the one address that is configured: no event has a say in where, and a redirect is not followed but
 * counts as a failure.
 */
final class WebhookTransport implements Transport {
    private static final String SIGNING = "signing";
    private static final String HEADER = "header.";
    private static final String IN_BODY = "secret.";
    private static final int MAX_ANSWER_BYTES = 65_536;
    private static final int LAST_GOOD = 299;
    private static final int FIRST_GOOD = 200;
    private static final long LONGEST_ASKED_SECONDS = 3_600;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,100}");

    /** Statuses by which a receiver turns down this message rather than all of them. */
    private static final Set<Integer> OF_MESSAGE = Set.of(400, 409, 413, 415, 422);

    private final Webhook webhook;
    private final Vault vault;
    private final InstantSource clock;
    private final HttpClient client;

    WebhookTransport(Vertx vertx, Webhook webhook, Vault vault, InstantSource clock) {
        this.webhook = webhook;
        this.vault = vault;
        this.clock = clock;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) webhook.timeout().toMillis()),
                new PoolOptions().setHttp1MaxSize(1).setHttp2MaxSize(1));
    }

    /** Returns every secret it needs, by what it is for. */
    static Map<String, Secret> secrets(Webhook webhook) {
        Map<String, Secret> all = new HashMap<>();
        if (webhook.signing() != null) {
            all.put(SIGNING, webhook.signing());
        }
        webhook.headers().forEach((name, secret) -> all.put(HEADER + name, secret));
        webhook.secrets().forEach((name, secret) -> all.put(IN_BODY + name, secret));
        return all;
    }

    @Override
    public Future<Void> send(List<Delivery> deliveries) {
        Delivery delivery = deliveries.get(0);
        return vault.open(secrets(webhook)).compose(secrets -> post(delivery, secrets));
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    private Future<Void> post(Delivery delivery, Map<String, String> secrets) {
        String body = body(delivery, secrets);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(webhook.url().toString())
                .setFollowRedirects(false)
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "kydai")
                .putHeader("webhook-id", delivery.key());
        long timestamp = clock.instant().getEpochSecond();
        options.putHeader("webhook-timestamp", Long.toString(timestamp));
        String signing = secrets.get(SIGNING);
        if (signing != null) {
            options.putHeader("webhook-signature", Signature.of(signing, delivery.key(), timestamp, body));
        }
        webhook.headers().keySet().forEach(name -> options.putHeader(name, secrets.getOrDefault(HEADER + name, "")));
        Promise<HttpClientRequest> begun = Promise.promise();
        Promise<Void> judged = Promise.promise();
        return client.request(options)
                .onSuccess(begun::tryComplete)
                .compose(request -> request.send(body))
                .compose(response -> read(response, judged))
                .timeout(webhook.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> begun.future().onSuccess(HttpClientRequest::reset))
                .transform(read -> read.succeeded() || judged.future().isComplete()
                        ? judged.future()
                        : Future.failedFuture(named(read.cause())));
    }

    private String body(Delivery delivery, Map<String, String> secrets) {
        return webhook.body() == null
                ? delivery.document()
                : webhook.body()
                        .render(place -> escaped(
                                place.startsWith(IN_BODY) ? secrets.getOrDefault(place, "") : delivery.place(place)));
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /**
     * Reads an answer to its end: until then its connection, the only one, takes no other request. It is judged as soon as
     * what it is judged by is there, so that one that never ends neither undoes what its head said nor keeps the next waiting.
     */
    private Future<Void> read(HttpClientResponse response, Promise<Void> judged) {
        Future<Buffer> answer = answer(response);
        int status = response.statusCode();
        Success success = webhook.success();
        if (status < FIRST_GOOD || status > LAST_GOOD) {
            judged.fail(new NotDelivered(
                    OF_MESSAGE.contains(status) ? Blame.MESSAGE : Blame.CHANNEL,
                    "status " + status,
                    asked(response.getHeader("retry-after"), clock.instant())));
        } else if (success == null) {
            judged.complete();
        } else {
            return answer.compose(whole -> check(success, whole).onComplete(judged))
                    .otherwiseEmpty();
        }
        return answer.mapEmpty();
    }

    private static Future<Buffer> answer(HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(whole::tryFail)
                .endHandler(end -> whole.tryComplete(read))
                .handler(part -> {
                    if (read.length() + part.length() > MAX_ANSWER_BYTES) {
                        whole.tryFail(NotDelivered.blocked("answer too large"));
                    } else {
                        Buffer unused = read.appendBuffer(part);
                    }
                });
        return whole.future();
    }

    private static Future<Void> check(Success success, Buffer answer) {
        try {
            JsonNode found = Json.MAPPER.readTree(answer.getBytes()).at(success.pointer());
            return found.asText().equals(success.equals())
                    ? Future.succeededFuture()
                    : Future.failedFuture(NotDelivered.refused("answer " + shown(found)));
        } catch (JsonProcessingException e) {
            return Future.failedFuture(NotDelivered.blocked("answer not JSON"));
        } catch (java.io.IOException e) {
            return Future.failedFuture(NotDelivered.blocked("answer unreadable"));
        }
    }

    /** A code is short; anything longer might be what we sent. */
    private static String shown(JsonNode found) {
        return found.isNumber() ? found.asText() : found.isMissingNode() ? "missing" : "other";
    }

    /** Reads {@code Retry-After} (RFC 9110): seconds or a date, at most an hour; absent where it says neither. */
    static @Nullable Duration asked(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        if (SECONDS.matcher(retryAfter.strip()).matches()) {
            return bounded(new BigInteger(retryAfter.strip())
                    .min(BigInteger.valueOf(LONGEST_ASKED_SECONDS))
                    .longValue());
        }
        Date date = DateFormatter.parseHttpDate(retryAfter.strip());
        return date == null
                ? null
                : bounded(Duration.between(now, date.toInstant()).toSeconds() + 1);
    }

    private static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_ASKED_SECONDS));
    }

    private static NotDelivered named(Throwable failure) {
        if (failure instanceof NotDelivered known) {
            return known;
        }
        if (failure instanceof TimeoutException) {
            return NotDelivered.blocked("timeout");
        }
        if (failure instanceof javax.net.ssl.SSLException) {
            return NotDelivered.blocked("tls");
        }
        return failure instanceof java.io.IOException ? NotDelivered.blocked("unreachable") : NotDelivered.of(failure);
    }
}
