package io.facet.hub.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A program that takes webhooks. */
public final class Receiver implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile IntUnaryOperator answers = _ -> 204;

    /** A call that came, whatever it was answered. */
    public record Received(
            String body, String signature, String event, String delivery, String attempt) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException notJson) {
                throw new AssertionError(body, notJson);
            }
        }
    }

    private Receiver(int port) throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** On a free port. */
    public static Receiver start() throws IOException {
        return new Receiver(0);
    }

    /** On the port of an earlier one. */
    public static Receiver startAt(int port) throws IOException {
        return new Receiver(port);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = answers.applyAsInt(received.size());
            received.add(
                    new Received(
                            body,
                            header(exchange, "Facet-Signature"),
                            header(exchange, "Facet-Event"),
                            header(exchange, "Facet-Delivery"),
                            header(exchange, "Facet-Attempt")));
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    /** The status of each answer, by how many came before. */
    public void answer(IntUnaryOperator statuses) {
        answers = statuses;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/hook");
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Waits for a call. */
    public Received await(Predicate<Received> wanted) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> received.stream().anyMatch(wanted));
        return received.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
