package io.facet.hub.live.transport;

import io.facet.hub.live.engineio.EngineServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;

/** Puts an Engine.IO server at a path, with and without a slash at its end. */
public final class LiveRoutes {
    private LiveRoutes() {}

    /** Long polling. */
    public static void polling(
            HttpRouting.Builder routing, String path, EngineServer engine, Origins origins) {
        routing.register(path, new PollingRoutes(engine, origins));
    }

    /** WebSocket; one listener per connection. */
    public static void webSocket(
            WsRouting.Builder routing, String path, EngineServer engine, Origins origins) {
        routing.endpoint(path, () -> new WebSocketListener(engine, origins));
        routing.endpoint(path + "/", () -> new WebSocketListener(engine, origins));
    }
}
