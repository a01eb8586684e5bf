package io.facet.hub.live.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.facet.hub.live.conformance.EchoServer;
import io.facet.hub.live.engineio.CloseReason;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.socketio.ConnectHandler.Decision;
import io.facet.hub.live.socketio.Namespace;
import io.facet.hub.live.transport.WireClient.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A client that connects and then never reads again, beside one that does. */
class SlowViewerIT {
    private static final String NAMESPACE = "/feed";
    private static final int BATCH = 20;
    private static final int MOST_BATCHES = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<CloseReason> left = new CopyOnWriteArrayList<>();

    private Namespace feed(EchoServer server) {
        return server.sockets()
                .namespace(
                        NAMESPACE,
                        (_, _) -> new Decision.Accept(socket -> socket.onDisconnect(left::add)));
    }

    /**
     * Speaks just enough WebSocket to be let in, and leaves everything it is sent in the kernel.
     */
    private static Socket neverReading(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request =
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:"
                        + port
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(frame("40" + NAMESPACE + ","));
        return socket;
    }

    /** A short text frame, masked with zeros. */
    private static byte[] frame(String text) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | text.length());
        frame.writeBytes(new byte[4]);
        frame.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }

    @Test
    void isDroppedWithItsReasonAndTheOtherMissesNothing() throws Exception {
        try (EchoServer server = TestEcho.start(EngineConfig.DEFAULT.withQueue(200, 2_000_000))) {
            Namespace feed = feed(server);
            Wire reader =
                    new WireClient(server.port(), "/socket.io/")
                            .openWebSocket()
                            .send("40" + NAMESPACE);
            assertThat(reader.nextButPing()).startsWith("40/feed,{");
            try (Socket stuck = neverReading(server.port())) {
                await().atMost(PATIENCE).until(() -> feed.sockets().size() == 2);
                int batches = flood(feed, reader);
                assertThat(left).containsExactly(CloseReason.SLOW_VIEWER);
                assertThat(feed.sockets()).hasSize(1);
                assertThat(batches).isLessThan(MOST_BATCHES);
                await().atMost(PATIENCE).until(() -> server.sessions() == 1);
                assertThat(stuck.isConnected()).isTrue();
            }
            feed.emit("after", TextNode.valueOf("all"));
            assertThat(reader.nextButPing()).isEqualTo("42/feed,[\"after\",\"all\"]");
        }
    }

    /** Sends events until somebody is dropped; the reader has to get every one of them. */
    private int flood(Namespace feed, Wire reader) throws InterruptedException {
        TextNode padding = TextNode.valueOf("x".repeat(50_000));
        int batch = 0;
        for (; batch < MOST_BATCHES && left.isEmpty(); batch++) {
            for (int i = 0; i < BATCH; i++) {
                feed.emit("n" + batch + "." + i, padding);
            }
            for (int i = 0; i < BATCH; i++) {
                assertThat(reader.nextButPing()).startsWith("42/feed,[\"n" + batch + "." + i);
            }
        }
        return batch;
    }

    @Test
    void whoPollsTooSeldomHearsWhy() throws Exception {
        try (EchoServer server = TestEcho.start(EngineConfig.DEFAULT.withQueue(5, 1_000_000))) {
            Namespace feed = feed(server);
            WireClient client = new WireClient(server.port(), "/socket.io/");
            String session = client.openPolling();
            client.send("POST", session, "40" + NAMESPACE);
            assertThat(client.get(session).body()).startsWith("40/feed,{");
            for (int i = 0; i < 6; i++) {
                feed.emit("n" + i);
            }
            assertThat(left).containsExactly(CloseReason.SLOW_VIEWER);
            assertThat(client.get(session).body())
                    .startsWith("42/feed,[\"dropped\",{\"reason\":\"slow_viewer\"")
                    .endsWith("\u001e1");
            assertThat(client.get(session).statusCode()).isEqualTo(400);
        }
    }
}
