package io.facet.edge.up;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The clips' upstream on loopback, well or badly. */
final class ClipServer implements AutoCloseable {
    static final byte[] CLIP = "a clip that plays".getBytes(StandardCharsets.UTF_8);

    /** How it behaves. */
    enum Mood {
        GOOD,
        NOT_FOUND,
        /** A sign-in page with the status 200. */
        PAGE,
        /** Closes before the announced end. */
        TRUNCATED,
        /** Announces more than any clip has. */
        ENDLESS,
        /** Sends half and then nothing. */
        HANGING
    }

    private final HttpServer server;
    private final Mood mood;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    ClipServer(Mood mood) throws IOException {
        this.mood = mood;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            switch (mood) {
                case GOOD -> send(exchange, CLIP.length, CLIP);
                case NOT_FOUND -> exchange.sendResponseHeaders(404, -1);
                case PAGE -> send(exchange, 20_000, new byte[20_000]);
                case TRUNCATED -> send(exchange, CLIP.length + 1L, CLIP);
                case ENDLESS -> send(exchange, 1L << 40, new byte[10]);
                case HANGING -> {
                    send(exchange, CLIP.length + 1L, CLIP);
                    exchange.getResponseBody().flush();
                    await();
                }
            }
        }
    }

    private static void send(HttpExchange exchange, long announced, byte[] bytes)
            throws IOException {
        exchange.sendResponseHeaders(200, announced);
        exchange.getResponseBody().write(bytes);
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
