package io.facet.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A viewer over one WebSocket, as little of one as the protocol allows: it signs in, subscribes,
 * answers pings and hands on the text of events. Its listener is called by one thread at a time.
 */
final class BenchViewer implements WebSocket.Listener, AutoCloseable {
    private static final String EVENT = "42[\"face_recognized\"";
    private static final String SUBSCRIBE = "420[\"subscribe\",{\"events\":[\"face_recognized\"]}]";

    private final String token;
    private final Consumer<CharSequence> onEvent;
    private final CountDownLatch subscribed;
    private final StringBuilder text = new StringBuilder();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<WebSocket> socket;
    private volatile boolean lost;

    BenchViewer(
            HttpClient client,
            int port,
            String token,
            CountDownLatch subscribed,
            Consumer<CharSequence> onEvent) {
        this.token = token;
        this.subscribed = subscribed;
        this.onEvent = onEvent;
        URI hub = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket");
        socket = client.newWebSocketBuilder().buildAsync(hub, this);
    }

    /** Whether the hub ended the connection. */
    boolean lost() {
        return lost;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            String packet = text.toString();
            text.setLength(0);
            take(from, packet);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void take(WebSocket from, String packet) {
        if (packet.startsWith(EVENT)) {
            onEvent.accept(packet);
        } else if (packet.startsWith("0")) {
            var _ = from.sendText("40{\"token\":\"" + token + "\"}", true);
        } else if (packet.startsWith("40")) {
            var _ = from.sendText(SUBSCRIBE, true);
        } else if (packet.startsWith("430")) {
            subscribed.countDown();
        } else if (packet.equals("2")) {
            var _ = from.sendText("3", true);
        } else if (packet.equals("1") && !closing.get()) {
            lost = true;
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        lost |= !closing.get();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        lost |= !closing.get();
    }

    @Override
    public void close() {
        closing.set(true);
        var _ = socket.thenAccept(WebSocket::abort);
    }
}
