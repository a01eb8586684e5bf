package io.facet.hub.live.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks Engine.IO to a server packet by packet, as the conformance suites do. */
final class WireClient {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;

    WireClient(int port, String path) {
        base = "://127.0.0.1:" + port + path;
    }

    HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http" + base + query)).build(),
                BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getLater(String query) {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(URI.create("http" + base + query)).build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String query, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http" + base + query))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** Opens a polling session; its query with the session id. */
    String openPolling() throws IOException, InterruptedException {
        HttpResponse<String> response = get("?EIO=4&transport=polling");
        return "?EIO=4&transport=polling&sid=" + handshake(response.body()).path("sid").asText();
    }

    static JsonNode handshake(String packet) throws JsonProcessingException {
        return JSON.readTree(packet.substring(1));
    }

    Wire webSocket(String query, String... headers) {
        Wire wire = new Wire();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        wire.socket = builder.buildAsync(URI.create("ws" + base + query), wire).join();
        return wire;
    }

    /** A WebSocket session; its handshake has been read. */
    Wire openWebSocket() throws InterruptedException {
        Wire wire = webSocket("?EIO=4&transport=websocket");
        wire.next();
        return wire;
    }

    /** One WebSocket and what came over it; bytes show as {@code b} and Base64. */
    static final class Wire implements WebSocket.Listener {
        private static final String CLOSED = "closed";

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        @Nullable WebSocket socket;

        Wire send(String packet) {
            java.util.Objects.requireNonNull(socket).sendText(packet, true).join();
            return this;
        }

        Wire send(byte[] packet) {
            java.util.Objects.requireNonNull(socket)
                    .sendBinary(ByteBuffer.wrap(packet), true)
                    .join();
            return this;
        }

        /** The next message; {@code closed} at the end. */
        String next() throws InterruptedException {
            String message = messages.poll(10, TimeUnit.SECONDS);
            return message == null ? "nothing came" : message;
        }

        /** The next message that is no ping. */
        String nextButPing() throws InterruptedException {
            String message = next();
            while (message.equals("2")) {
                message = next();
            }
            return message;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, part, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
            if (last) {
                messages.add("b" + Base64.getEncoder().encodeToString(bytes.toByteArray()));
                bytes.reset();
            }
            return WebSocket.Listener.super.onBinary(from, part, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            messages.add(CLOSED);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            messages.add(CLOSED);
        }
    }
}
