package io.facet.hub.live.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.live.conformance.EchoServer;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.socketio.Answer;
import io.facet.hub.live.socketio.ConnectHandler.Decision;
import io.facet.hub.live.socketio.Socket;
import java.time.Duration;

/** The conformance server with one more namespace, {@code /private}, for what it does not show. */
final class TestEcho {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private TestEcho() {}

    static EchoServer start(EngineConfig config) {
        return start(config, Origins.SAME);
    }

    static EchoServer start(EngineConfig config, Origins origins) {
        EchoServer server = new EchoServer(config, Duration.ofSeconds(30), origins, 0);
        server.sockets().namespace("/private", (_, auth) -> letIn(auth));
        return server;
    }

    private static Decision letIn(ObjectNode auth) {
        ObjectNode data = auth.objectNode().put("code", "unauthenticated");
        return auth.path("token").asText().equals("right")
                ? new Decision.Accept(socket -> serve(socket, auth))
                : new Decision.Refuse("unauthorized", data);
    }

    private static void serve(Socket socket, ObjectNode auth) {
        EchoServer.echo(socket);
        socket.emit("auth", auth);
        socket.on(
                "join",
                (args, ack) -> {
                    socket.join(args.getFirst().asText());
                    ack.send();
                });
        socket.on("ask-me", (_, _) -> ask(socket, PATIENCE));
        socket.on("ask-me-briefly", (_, _) -> ask(socket, Duration.ofMillis(50)));
        socket.on(
                "fail",
                (_, _) -> {
                    throw new IllegalStateException("a faulty listener");
                });
        socket.on("leave-me", (_, _) -> socket.disconnect());
    }

    private static void ask(Socket socket, Duration patience) {
        socket.emitWithAck(
                "question",
                patience,
                answer -> {
                    switch (answer) {
                        case Answer.Given given ->
                                socket.emit("you-said", given.values().toArray(JsonNode[]::new));
                        case Answer.Late _ -> socket.emit("too-late");
                        case Answer.Gone _ -> socket.emit("never", missing());
                    }
                });
    }

    private static JsonNode missing() {
        return JsonNodeFactory.instance.nullNode();
    }
}
