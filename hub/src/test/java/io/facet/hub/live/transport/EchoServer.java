package io.facet.hub.live.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.live.engineio.CloseReason;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.EngineServer;
import io.facet.hub.live.engineio.EngineSession;
import io.facet.hub.live.engineio.ScheduledTimer;
import io.facet.hub.live.engineio.SessionListener;
import io.facet.hub.live.socketio.ConnectHandler.Decision;
import io.facet.hub.live.socketio.Namespace;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.live.socketio.SocketIoServer;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import java.time.Duration;
import java.util.List;

/**
 * The server that the public conformance suites of both protocols expect: at {@code /engine.io/}
 * every message comes back; at {@code /socket.io/} the namespaces {@code /} and {@code /custom}
 * tell a client its auth, answer {@code message} with {@code message-back} and acknowledge {@code
 * message-with-ack}.
 */
public final class EchoServer implements AutoCloseable {
    /** The heartbeat of the suites: 300 ms and 200 ms. */
    public static final EngineConfig SUITE =
            EngineConfig.DEFAULT.withHeartbeat(Duration.ofMillis(300), Duration.ofMillis(200));

    private final ScheduledTimer timer = new ScheduledTimer();
    private final EngineServer raw;
    private final EngineServer engine;
    private final Namespace main;
    private final WebServer web;

    public EchoServer(EngineConfig config, int port) {
        raw = new EngineServer(config, timer, RawEcho::new);
        SocketIoServer sockets = new SocketIoServer(timer, Duration.ofSeconds(5), 1_000_000);
        main = sockets.namespace("/", (_, auth) -> new Decision.Accept(s -> connected(s, auth)));
        sockets.namespace("/custom", (_, auth) -> new Decision.Accept(s -> connected(s, auth)));
        sockets.namespace("/private", (_, auth) -> letIn(auth));
        engine = new EngineServer(config, timer, sockets);
        WsRouting.Builder webSockets = WsRouting.builder();
        LiveRoutes.webSocket(webSockets, "/engine.io", raw);
        LiveRoutes.webSocket(webSockets, "/socket.io", engine);
        web =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .connectionOptions(o -> o.tcpNoDelay(true))
                        .addProtocol(WsConfig.builder().maxFrameLength(config.maxPayload()).build())
                        .routing(this::http)
                        .addRouting(webSockets)
                        .build()
                        .start();
    }

    private void http(HttpRouting.Builder routing) {
        LiveRoutes.polling(routing, "/engine.io", raw);
        LiveRoutes.polling(routing, "/socket.io", engine);
    }

    public int port() {
        return web.port();
    }

    public Namespace main() {
        return main;
    }

    public int sessions() {
        return engine.size();
    }

    private static Decision letIn(ObjectNode auth) {
        ObjectNode data = auth.objectNode().put("code", "unauthenticated");
        return auth.path("token").asText().equals("right")
                ? new Decision.Accept(s -> connected(s, auth))
                : new Decision.Refuse("unauthorized", data);
    }

    private static void connected(Socket socket, ObjectNode auth) {
        socket.emit("auth", auth);
        socket.on("message", (args, _) -> socket.emit("message-back", array(args)));
        socket.on("message-with-ack", (args, ack) -> ack.send(array(args)));
        socket.on(
                "join",
                (args, ack) -> {
                    socket.join(args.getFirst().asText());
                    ack.send();
                });
        socket.on(
                "ask-me",
                (_, _) ->
                        socket.emitWithAck(
                                "question", answer -> socket.emit("you-said", array(answer))));
        socket.on(
                "fail",
                (_, _) -> {
                    throw new IllegalStateException("a faulty listener");
                });
        socket.on("leave-me", (_, _) -> socket.disconnect());
    }

    private static JsonNode[] array(List<JsonNode> values) {
        return values.toArray(JsonNode[]::new);
    }

    @Override
    public void close() {
        raw.close();
        engine.close();
        web.stop();
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

    /** Serves until killed: {@code EchoServer PORT}. */
    public static void main(String... args) throws InterruptedException {
        try (EchoServer server = new EchoServer(SUITE, Integer.parseInt(args[0]))) {
            System.out.println("listening on " + server.port());
            Thread.currentThread().join();
        }
    }
}
