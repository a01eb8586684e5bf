package io.facet.hub.live.transport;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.live.engineio.CloseReason;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.EngineServer;
import io.facet.hub.live.engineio.EngineSession;
import io.facet.hub.live.engineio.Handshake;
import io.facet.hub.live.engineio.PacketCodec;
import io.facet.hub.live.engineio.PollOutcome;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Engine.IO over HTTP long polling: GET waits for packets, POST brings some. Register it at {@code
 * /socket.io}. Pages of other origins are refused unless they are listed; a browser asks first.
 */
final class PollingRoutes implements HttpService {
    private static final HeaderName ALLOW_ORIGIN = header("Access-Control-Allow-Origin");
    private static final HeaderName ALLOW_CREDENTIALS = header("Access-Control-Allow-Credentials");
    private static final HeaderName ALLOW_METHODS = header("Access-Control-Allow-Methods");
    private static final HeaderName ALLOW_HEADERS = header("Access-Control-Allow-Headers");
    private static final HeaderName MAX_AGE = header("Access-Control-Max-Age");

    private final EngineServer engine;
    private final Origins origins;

    PollingRoutes(EngineServer engine, Origins origins) {
        this.engine = engine;
        this.origins = origins;
    }

    private static HeaderName header(String name) {
        return HeaderNames.create(name);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.any("/", this::handle);
    }

    private void handle(ServerRequest request, ServerResponse response)
            throws InterruptedException, IOException {
        Handshake handshake =
                Handshakes.of(
                        request.headers(), request.authority(), request.remotePeer().address());
        if (!origins.admits(handshake)) {
            refuse(response, EngineError.FORBIDDEN);
            return;
        }
        Optional<Origins.Allowed> foreign = origins.allowed(handshake);
        foreign.ifPresent(allowed -> allow(response, allowed));
        if (foreign.isPresent() && request.prologue().method().equals(Method.OPTIONS)) {
            preflight(response);
            return;
        }
        serve(request, response, handshake);
    }

    private static void allow(ServerResponse response, Origins.Allowed allowed) {
        response.header(ALLOW_ORIGIN, allowed.origin()).header(HeaderNames.VARY, "Origin");
        if (allowed.credentials()) {
            response.header(ALLOW_CREDENTIALS, "true");
        }
    }

    private static void preflight(ServerResponse response) {
        response.status(Status.NO_CONTENT_204)
                .header(ALLOW_METHODS, "GET, POST")
                .header(ALLOW_HEADERS, "Content-Type")
                .header(MAX_AGE, "600")
                .send();
    }

    private void serve(ServerRequest request, ServerResponse response, Handshake handshake)
            throws InterruptedException, IOException {
        Parameters query = request.query();
        if (!query.first("EIO").orElse("").equals("4")) {
            refuse(response, EngineError.UNSUPPORTED_VERSION);
            return;
        }
        // A WebSocket that gets here could not be upgraded.
        String transport = query.first("transport").orElse("");
        if (!transport.equals("polling")) {
            refuse(
                    response,
                    transport.equals("websocket")
                            ? EngineError.BAD_REQUEST
                            : EngineError.UNKNOWN_TRANSPORT);
            return;
        }
        Optional<String> sid = query.first("sid").asOptional();
        if (sid.isEmpty()) {
            open(request, response, handshake);
            return;
        }
        Optional<EngineSession> session = engine.find(sid.get());
        if (session.isEmpty()) {
            refuse(response, EngineError.UNKNOWN_SESSION);
        } else if (request.prologue().method().equals(Method.GET)) {
            poll(session.get(), response);
        } else if (request.prologue().method().equals(Method.POST)) {
            receive(session.get(), request, response);
        } else {
            refuse(response, EngineError.BAD_METHOD);
        }
    }

    private void open(ServerRequest request, ServerResponse response, Handshake handshake)
            throws InterruptedException {
        if (!request.prologue().method().equals(Method.GET)) {
            refuse(response, EngineError.BAD_METHOD);
            return;
        }
        try {
            poll(engine.openPolling(handshake), response);
        } catch (FacetException full) {
            response.status(Status.create(full.code().httpStatus())).send(full.reason());
        }
    }

    private static void poll(EngineSession session, ServerResponse response)
            throws InterruptedException {
        switch (session.poll()) {
            case PollOutcome.Packets some ->
                    text(response).send(PacketCodec.encodePayload(some.packets()));
            case PollOutcome.Overlap _ -> refuse(response, EngineError.BAD_REQUEST);
            case PollOutcome.Gone _ -> refuse(response, EngineError.UNKNOWN_SESSION);
        }
    }

    private void receive(EngineSession session, ServerRequest request, ServerResponse response)
            throws IOException {
        try {
            if (!session.isOpen()) {
                refuse(response, EngineError.UNKNOWN_SESSION);
                return;
            }
            for (EnginePacket packet : PacketCodec.decodePayload(body(request))) {
                session.receive(packet);
            }
            text(response).send("ok");
        } catch (FacetException refused) {
            boolean large = refused.code() == ErrorCode.REQUEST_TOO_LARGE;
            session.close(large ? CloseReason.TOO_LARGE : CloseReason.PARSE_ERROR);
            refuse(response, large ? EngineError.TOO_LARGE : EngineError.BAD_REQUEST);
        }
    }

    private String body(ServerRequest request) throws IOException {
        int most = engine.config().maxPayload();
        if (request.headers().contentLength().orElse(0) > most) {
            throw new FacetException(
                    ErrorCode.REQUEST_TOO_LARGE, "a message may have " + most + " bytes");
        }
        if (!request.content().hasEntity()) {
            return "";
        }
        try (InputStream in = request.content().inputStream()) {
            return new String(LimitedBody.read(in, most), StandardCharsets.UTF_8);
        }
    }

    private static ServerResponse text(ServerResponse response) {
        return response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=UTF-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store");
    }

    private static void refuse(ServerResponse response, EngineError error) {
        response.status(Status.create(error.status()))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(error.json());
    }
}
