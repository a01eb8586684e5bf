package io.facet.edge.health;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /health/live} and {@code GET /health/ready} on the loopback interface: 200 or
 * 503 with the bare status, and every part's state for who shows the device key. Thread-safe.
 */
public final class HealthServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] authorization;
    private final Supplier<Health> health;

    /**
     * Starts to answer.
     *
     * @param port 0 picks a free one
     * @throws FacetException {@code PORT_IN_USE}
     */
    public HealthServer(int port, Secret deviceKey, Supplier<Health> health) {
        this.authorization = ("Bearer " + deviceKey.reveal()).getBytes(StandardCharsets.UTF_8);
        this.health = health;
        this.server = bind(port);
        server.setExecutor(threads);
        server.createContext("/health/live", exchange -> answer(exchange, false));
        server.createContext("/health/ready", exchange -> answer(exchange, true));
        server.start();
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        } catch (BindException taken) {
            throw new FacetException(
                    ErrorCode.PORT_IN_USE,
                    "port " + port + " is in use; name another with --port, or 0 for a free one",
                    taken);
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "cannot listen on the loopback interface", failure);
        }
    }

    /** The port that answers. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, boolean readiness) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(ErrorCode.METHOD_NOT_ALLOWED.httpStatus(), -1);
                return;
            }
            Health now = health.get();
            boolean good = !readiness || now.ready();
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("status", good ? "up" : "down");
            if (knowsTheKey(exchange)) {
                body.put("ready", now.ready());
                body.put("reason", now.reason());
                body.put("components", now.components());
            }
            byte[] bytes = JSON.writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(good ? 200 : 503, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (RuntimeException defect) {
            LOG.error("health could not be told", defect);
            throw defect;
        }
    }

    private boolean knowsTheKey(HttpExchange exchange) {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        return shown != null
                && MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), authorization);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
