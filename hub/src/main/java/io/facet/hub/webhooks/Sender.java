package io.facet.hub.webhooks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** Posts one delivery. Follows no redirect and reads no answer. Thread-safe. */
final class Sender implements AutoCloseable {
    private final Duration timeout;
    private final HttpClient client;

    Sender(Duration timeout) {
        this.timeout = timeout;
        client =
                HttpClient.newBuilder()
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** What became of an attempt. */
    record Result(boolean delivered, OptionalInt status, String error) {}

    Result post(URI url, byte[] body, Map<String, String> headers) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(timeout)
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "Facet-Webhook/1")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            boolean ok = status >= 200 && status < 300;
            return new Result(ok, OptionalInt.of(status), ok ? "" : "answered " + status);
        } catch (IOException unreachable) {
            // The message may hold the address; the kind of the failure says enough.
            return new Result(false, OptionalInt.empty(), unreachable.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
