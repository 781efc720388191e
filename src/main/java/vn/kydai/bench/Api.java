package vn.kydai.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import vn.kydai.event.codec.Json;

/** Reads a server's ledger. */
final class Api {
    private static final int OK = 200;

    private final String http;
    private final String token;

    Api(String http, String token) {
        this.http = http;
        this.token = token;
    }

    /** Returns the sums of all days from one to another. Leaves no connection open: the walls' are counted. */
    LedgerCount ledger(LocalDate from, LocalDate to) throws IOException, InterruptedException {
        LedgerCount sum = LedgerCount.NONE;
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (LocalDate day : from.datesUntil(to.plusDays(1)).toList()) {
                sum = sum.plus(ledger(client, day));
            }
        }
        return sum;
    }

    private LedgerCount ledger(HttpClient client, LocalDate day) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(http + "/api/v1/ledger?date=" + day))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("the ledger answered " + answer.statusCode() + ": " + answer.body());
        }
        return LedgerCount.of(Json.MAPPER.readTree(answer.body()).path("total"));
    }
}
