package io.facet.vision.catalog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream on loopback that serves the files of {@link TinyPacks}, well or badly. */
final class Upstream implements AutoCloseable {
    /** How it behaves. */
    enum Mood {
        GOOD,
        NOT_FOUND,
        /** Other bytes of the same length. */
        WRONG,
        /** Ends cleanly before the end. */
        SHORT,
        /** Goes on after the end. */
        LONG,
        /** Sends half and then nothing. */
        HANGING
    }

    private final HttpServer server;
    private final Mood mood;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch halfSent = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    Upstream(Mood mood) throws IOException {
        this.mood = mood;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/detector.onnx", exchange -> answer(exchange, TinyPacks.DETECTOR));
        server.createContext("/embedder.onnx", exchange -> answer(exchange, TinyPacks.EMBEDDER));
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    int requests() {
        return requests.get();
    }

    /** Waits until a hanging upstream has sent its half. */
    void awaitHalf() throws InterruptedException {
        halfSent.await();
    }

    private void answer(HttpExchange exchange, byte[] content) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            switch (mood) {
                case GOOD -> send(exchange, content);
                case NOT_FOUND -> exchange.sendResponseHeaders(404, -1);
                case WRONG -> send(exchange, new byte[content.length]);
                case SHORT -> send(exchange, java.util.Arrays.copyOf(content, 5));
                case LONG -> send(exchange, java.util.Arrays.copyOf(content, 1 << 20));
                case HANGING -> hang(exchange, content);
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    private void hang(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, content.length / 2);
        exchange.getResponseBody().flush();
        halfSent.countDown();
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
