package vn.kydai.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.kydai.event.Kind;
import vn.kydai.event.codec.Json;
import vn.kydai.event.codec.Rfc3339;
import vn.kydai.registry.WorkingCalendar;

/** Writes journaled events as they are read from a server, page after page; holds one page. Blocking. */
public final class Download {
    private static final int OK = 200;
    private static final int PAGE_EVENTS = 1_000;

    private final Order order;

    /**
     * What to export.
     *
     * @param server {@code http://host:port}
     * @param token of a reader
     * @param kind absent: every kind
     * @param area id of a subtree; absent: the token's scope
     * @param from first local date of the events' own times; absent: from the beginning
     * @param to last local date; absent: to the end
     */
    public record Order(
            URI server,
            String token,
            @Nullable Kind kind,
            @Nullable String area,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        /** Leaves the token out: this text may reach a log. */
        @Override
        public String toString() {
            return "Order[" + server + ", " + kind + ", " + area + "]";
        }

        private boolean takes(LocalDate date) {
            return (from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to));
        }
    }

    /** How an event is written. */
    public interface Format {
        /** Writes what stands before the first one. */
        void begin(Writer out) throws IOException;

        /** Writes one. */
        void write(Writer out, ObjectNode event) throws IOException;
    }

    /** Prepares a download. */
    public Download(Order order) {
        this.order = order;
    }

    /** Writes everything and returns how many events that were; fails with {@link TransferFailed}. */
    public long to(Writer out, Format format) throws IOException, InterruptedException {
        long written = 0;
        String after = "";
        format.begin(out);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (true) {
                JsonNode page = page(client, after);
                for (JsonNode event : page.path("events")) {
                    if (order.takes(WorkingCalendar.dateOf(
                            Rfc3339.parse(event.path("time").asText())))) {
                        format.write(out, (ObjectNode) event);
                        written++;
                    }
                }
                String next = page.path("next").asText();
                if (next.equals(after)) {
                    return written;
                }
                after = next;
            }
        }
    }

    private JsonNode page(HttpClient client, String after) throws IOException, InterruptedException {
        StringBuilder path = new StringBuilder("/api/v1/events?limit=" + PAGE_EVENTS);
        if (order.kind() != null) {
            path.append("&kind=").append(order.kind().id());
        }
        if (order.area() != null) {
            path.append("&area=").append(URLEncoder.encode(order.area(), StandardCharsets.UTF_8));
        }
        if (!after.isEmpty()) {
            path.append("&after=").append(after);
        }
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(order.server().resolve(path.toString()))
                        .header("Authorization", "Bearer " + order.token())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            boolean isSignIn = response.statusCode() == 401 || response.statusCode() == 403;
            throw new TransferFailed(
                    order.server() + " answered " + response.statusCode() + ": " + response.body(), isSignIn);
        }
        return Json.stored(response.body());
    }
}
