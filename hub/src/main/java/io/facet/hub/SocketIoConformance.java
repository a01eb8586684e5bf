package io.facet.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.live.conformance.EchoServer;
import io.facet.hub.live.transport.Origins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The conformance server as a process of its own: no database, no broker, no models, no key; it
 * listens on loopback and its port is in {@code DATA/ports.json}.
 */
final class SocketIoConformance implements AutoCloseable {
    private final EchoServer server;

    private SocketIoConformance(EchoServer server) {
        this.server = server;
    }

    static SocketIoConformance start(Path data, int port) {
        EchoServer server =
                new EchoServer(EchoServer.SUITE, EchoServer.CONNECT_TIMEOUT, Origins.SAME, port);
        try {
            Files.createDirectories(data);
            JsonMapper.builder()
                    .build()
                    .writeValue(data.resolve("ports.json").toFile(), Map.of("http", server.port()));
        } catch (IOException unwritable) {
            server.close();
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the data folder " + data + " cannot be written; choose another --data",
                    unwritable);
        }
        return new SocketIoConformance(server);
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
