package io.facet.hub.live.transport;

import io.facet.hub.live.engineio.EngineServer;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import java.time.Duration;
import java.util.Map;

/**
 * A loopback listener with nothing but Engine.IO servers at their paths, for what needs no hub
 * around it. Runs from its making on; its engines are the caller's to close. Thread-safe.
 */
public final class LiveServer implements AutoCloseable {
    private final WebServer web;

    /**
     * Starts listening.
     *
     * @param engines by path, such as {@code /socket.io}; at least one
     * @param port 0 picks a free one
     */
    public LiveServer(Map<String, EngineServer> engines, Origins origins, int port) {
        WsRouting.Builder sockets = WsRouting.builder();
        HttpRouting.Builder http = HttpRouting.builder();
        engines.forEach((path, engine) -> {
            LiveRoutes.webSocket(sockets, path, engine, origins);
            LiveRoutes.polling(http, path, engine, origins);
        });
        int frame =
                engines.values().stream()
                        .mapToInt(e -> e.config().maxPayload())
                        .max()
                        .orElseThrow();
        web =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .connectionOptions(o -> o.tcpNoDelay(true))
                        .shutdownGracePeriod(Duration.ofSeconds(1))
                        .shutdownHook(false)
                        .addProtocol(WsConfig.builder().maxFrameLength(frame).build())
                        .addRouting(http)
                        .addRouting(sockets)
                        .build()
                        .start();
    }

    public int port() {
        return web.port();
    }

    @Override
    public void close() {
        web.stop();
    }
}
