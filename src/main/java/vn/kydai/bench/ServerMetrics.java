package vn.kydai.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Reads a server's metrics from its management port; docs/metrics.md names them. */
final class ServerMetrics {
    private final URI page;

    ServerMetrics(String management) {
        this.page = URI.create(management + "/metrics");
    }

    /** Returns the value of a series, written as on the page: name and labels. */
    double value(String series) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String text = client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return value(text, series);
        }
    }

    static double value(String text, String series) throws IOException {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("the server has no metric " + series));
    }
}
