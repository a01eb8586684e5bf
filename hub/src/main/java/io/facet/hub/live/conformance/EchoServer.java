package io.facet.hub.live.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.live.engineio.CloseReason;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.EngineServer;
import io.facet.hub.live.engineio.EngineSession;
import io.facet.hub.live.engineio.Handshake;
import io.facet.hub.live.engineio.ScheduledTimer;
import io.facet.hub.live.engineio.SessionListener;
import io.facet.hub.live.engineio.Timer;
import io.facet.hub.live.socketio.ConnectHandler.Decision;
import io.facet.hub.live.socketio.Namespace;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.live.socketio.SocketIoServer;
import io.facet.hub.live.socketio.SocketPacket;
import io.facet.hub.live.transport.LiveServer;
import io.facet.hub.live.transport.Origins;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The server that the public conformance suites of both protocols expect: at {@code /engine.io/}
 * every message comes back; at {@code /socket.io/} the namespaces {@code /} and {@code /custom}
 * tell a client its auth, answer {@code message} with {@code message-back} and acknowledge {@code
 * message-with-ack}. It listens on loopback, asks for no credential and knows nothing of the hub's
 * data. Thread-safe.
 */
public final class EchoServer implements AutoCloseable {
    /** The heartbeat of the suites: 300 ms and 200 ms. */
    public static final EngineConfig SUITE =
            EngineConfig.DEFAULT.withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200));

    /** How long a client of the suites may be in no namespace. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /**
     * The suites look for one message at a time and miss a second one that is read in the same
     * moment; a client that keeps what it reads would not need this.
     */
    private static final Duration AUTH_DELAY = Duration.ofMillis(20);

    private static final String RAW = "/engine.io";
    private static final String SOCKETS = "/socket.io";

    private final ScheduledTimer timer = new ScheduledTimer();
    private final EngineServer raw;
    private final EngineServer engine;
    private final SocketIoServer sockets;
    private final Namespace main;
    private final LiveServer web;

    /**
     * Starts listening.
     *
     * @param port 0 picks a free one
     */
    public EchoServer(EngineConfig config, Duration connectTimeout, Origins origins, int port) {
        raw = new EngineServer(config, timer, RawEcho::new);
        sockets = new SocketIoServer(timer, connectTimeout, config.maxPayload());
        main = sockets.namespace(SocketPacket.MAIN, this::letIn);
        sockets.namespace("/custom", this::letIn);
        engine = new EngineServer(config, timer, sockets);
        web = new LiveServer(Map.of(RAW, raw, SOCKETS, engine), origins, port);
    }

    public int port() {
        return web.port();
    }

    /** The namespace {@code /}. */
    public Namespace main() {
        return main;
    }

    /** For further namespaces. */
    public SocketIoServer sockets() {
        return sockets;
    }

    /** What runs its heartbeats. */
    public Timer timer() {
        return timer;
    }

    /** Sessions at {@code /socket.io/}. */
    public int sessions() {
        return engine.size();
    }

    private Decision letIn(Handshake handshake, ObjectNode auth) {
        return new Decision.Accept(socket -> {
            echo(socket);
            timer.after(AUTH_DELAY, () -> socket.emit("auth", auth));
        });
    }

    /** Makes a socket echo. */
    public static void echo(Socket socket) {
        socket.on("message", (args, _) -> socket.emit("message-back", array(args)));
        socket.on("message-with-ack", (args, ack) -> ack.send(array(args)));
    }

    private static JsonNode[] array(List<JsonNode> values) {
        return values.toArray(JsonNode[]::new);
    }

    @Override
    public void close() {
        raw.close();
        engine.close();
        web.close();
        timer.close();
    }

    private record RawEcho(EngineSession session) implements SessionListener {
        @Override
        public void onText(String text) {
            session.send(List.of(EnginePacket.message(text)));
        }

        @Override
        public void onBinary(byte[] bytes) {
            session.send(List.of(new EnginePacket.Binary(bytes)));
        }

        @Override
        public void onClose(CloseReason reason) {}
    }
}
