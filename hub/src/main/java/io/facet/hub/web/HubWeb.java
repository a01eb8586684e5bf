package io.facet.hub.web;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.rest.RestApi;
import io.facet.hub.dashboard.PageRoutes;
import io.facet.hub.live.LiveGateway;
import io.facet.hub.live.engineio.EngineConfig;
import io.facet.hub.live.engineio.ScheduledTimer;
import io.facet.hub.live.transport.LiveRoutes;
import io.facet.hub.live.transport.Origins;
import io.facet.hub.security.Hosts;
import io.facet.hub.services.HubServices;
import io.facet.pki.Authority;
import io.facet.tls.ServerTls;
import io.facet.tls.TlsSettings;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The hub's one HTTP listener: page, REST, health and Socket.IO. Runs from its making on. */
public final class HubWeb implements AutoCloseable {
    private static final String SOCKET_IO = "/socket.io";
    private static final int MOST_CONNECTIONS = 10_000;

    private final ScheduledTimer timer = new ScheduledTimer();
    private final SecurityHeaders headers;
    private final LiveGateway live;
    private final RestApi rest;
    private final Origins origins;
    private final WebServer server;

    /**
     * Starts listening.
     *
     * @param port 0 picks a free one
     * @throws FacetException {@code PORT_IN_USE}, or {@code INVALID_CONFIGURATION} for an address
     *     beyond loopback without leave
     */
    public HubWeb(HubServices hub, String host, int port) {
        Optional<ServerTls> tls = hub.safeguards().tls();
        if (tls.isEmpty() && !Hosts.isLoopback("hub.host", host)) {
            Hosts.allowInsecure("hub.host", host, hub.config().hub().allowInsecure());
        }
        headers = new SecurityHeaders(tls.isPresent());
        FacetConfig config = hub.config();
        EngineConfig engine = EngineConfig.DEFAULT.withAdmission(admission(config.limits()));
        origins = Origins.of(config.hub().corsOrigins());
        live = new LiveGateway(LiveGateway.Sources.of(hub), timer, engine);
        rest = new RestApi(hub);
        WsRouting.Builder sockets = WsRouting.builder();
        LiveRoutes.webSocket(sockets, SOCKET_IO, live.engine(), origins);
        WebServerConfig.Builder listener =
                WebServer.builder()
                        .host(host)
                        .port(port)
                        .connectionOptions(o -> o.tcpNoDelay(true))
                        .maxTcpConnections(
                                Math.max(MOST_CONNECTIONS, 2 * engine.admission().sessions()))
                        .shutdownGracePeriod(Duration.ofSeconds(2))
                        // The process's own hook closes every part in order.
                        .shutdownHook(false)
                        .addProtocol(WsConfig.builder().maxFrameLength(engine.maxPayload()).build())
                        .routing(this::routes)
                        .addRouting(sockets);
        tls.ifPresent(t -> listener.tls(tls(t, hub.safeguards().authority())));
        server = listener.build();
        start(port);
    }

    private static EngineConfig.Admission admission(FacetConfig.Limits limits) {
        return new EngineConfig.Admission(
                limits.viewers(), limits.viewersPerAddress(), limits.handshakesPerMinute());
    }

    private void routes(HttpRouting.Builder routing) {
        routing.addFilter(headers);
        LiveRoutes.polling(routing, SOCKET_IO, live.engine(), origins);
        PageRoutes.register(routing);
        rest.register(routing);
        rest.registerRest(routing);
    }

    /**
     * The context renews its credential by itself. Boxes may show a certificate; whether it was
     * revoked is asked with each request.
     */
    private static Tls tls(ServerTls credential, Authority authority) {
        return Tls.builder()
                .sslContext(credential.context(List.of(authority.certificate())))
                .clientAuth(TlsClientAuth.OPTIONAL)
                .enabledProtocols(TlsSettings.PROTOCOLS)
                .build();
    }

    /** Helidon may throw what the socket says, or log it and return as if all were well. */
    private void start(int port) {
        RuntimeException said = null;
        try {
            server.start();
        } catch (RuntimeException failed) {
            said = failed;
        }
        if (server.isRunning()) {
            return;
        }
        close();
        if (said != null && !causedByBind(said)) {
            throw said;
        }
        throw new FacetException(
                ErrorCode.PORT_IN_USE,
                "port "
                        + port
                        + " is in use, or may not be opened by this user; stop the other program or"
                        + " choose another --port",
                said);
    }

    private static boolean causedByBind(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Every call of the REST API. */
    public RestApi rest() {
        return rest;
    }

    @Override
    public void close() {
        live.close();
        if (server.isRunning()) {
            server.stop();
        }
        timer.close();
    }
}
