package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.live.engineio.CloseReason;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.EngineSession;
import io.facet.hub.live.engineio.SendOutcome;
import io.facet.hub.live.engineio.SessionListener;
import io.facet.hub.live.engineio.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one Engine.IO session, one per namespace. Thread-safe. */
final class Connection implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Refused attempts after which a connection ends. */
    private static final int MAX_REFUSALS = 5;

    /** Most namespaces of one connection. */
    private static final int MAX_NAMESPACES = 16;

    private final SocketIoServer server;
    private final EngineSession session;
    private final SocketDecoder decoder;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private Timer.Task connectDeadline = Timer.Task.NONE;
    private int refusals;

    Connection(SocketIoServer server, EngineSession session, SocketDecoder decoder) {
        this.server = server;
        this.session = session;
        this.decoder = decoder;
        armConnectDeadline();
    }

    // ---- from the client --------------------------------------------------------------------

    @Override
    public void onText(String text) {
        decoder.text(text).ifPresent(this::received);
    }

    @Override
    public void onBinary(byte[] bytes) {
        decoder.binary(bytes).ifPresent(this::received);
    }

    private void received(SocketPacket packet) {
        switch (packet.type()) {
            case CONNECT -> connect(packet);
            case DISCONNECT -> left(joined(packet.namespace()), CloseReason.CLIENT_CLOSE);
            case EVENT, ACK -> joined(packet.namespace()).received(packet);
            case CONNECT_ERROR ->
                    throw SocketDecoder.malformed("only the server refuses a connection");
        }
    }

    private Socket joined(String namespace) {
        Socket socket = sockets.get(namespace);
        if (socket == null) {
            throw SocketDecoder.malformed("a packet for a namespace that was not connected to");
        }
        return socket;
    }

    private void connect(SocketPacket packet) {
        if (sockets.containsKey(packet.namespace())) {
            throw SocketDecoder.malformed("a second connection to one namespace");
        }
        if (sockets.size() >= MAX_NAMESPACES) {
            refuse(packet.namespace(), "Too many namespaces", null);
            return;
        }
        server.namespace(packet.namespace())
                .ifPresentOrElse(
                        namespace -> enter(namespace, packet.data()),
                        () -> refuse(packet.namespace(), "Invalid namespace", null));
    }

    private void enter(Namespace namespace, JsonNode data) {
        ObjectNode auth =
                data instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        switch (decide(namespace, auth)) {
            case ConnectHandler.Decision.Refuse refused ->
                    refuse(namespace.name(), refused.message(), refused.data());
            case ConnectHandler.Decision.Accept accepted -> {
                Socket socket = new Socket(server.newId(), namespace, this);
                sockets.put(namespace.name(), socket);
                cancelConnectDeadline();
                ObjectNode greeting = JsonNodeFactory.instance.objectNode();
                greeting.put("sid", socket.id());
                reply(SocketPacketType.CONNECT, namespace.name(), greeting);
                namespace.add(socket);
                accepted.connected().accept(socket);
            }
        }
    }

    @SuppressWarnings("CatchingUnchecked") // a faulty handler must not end the connection silently
    private ConnectHandler.Decision decide(Namespace namespace, ObjectNode auth) {
        try {
            return namespace.handler().connect(session.handshake(), auth);
        } catch (RuntimeException fault) {
            LOG.warn("a connect handler failed", fault);
            return new ConnectHandler.Decision.Refuse(
                    "internal", JsonNodeFactory.instance.objectNode());
        }
    }

    private void refuse(
            String namespace,
            String message,
            @org.jspecify.annotations.Nullable ObjectNode details) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("message", message);
        if (details != null) {
            error.set("data", details);
        }
        reply(SocketPacketType.CONNECT_ERROR, namespace, error);
        refusals++;
        if (refusals >= MAX_REFUSALS) {
            session.close(CloseReason.SERVER_CLOSE, List.of(EnginePacket.CLOSE));
        }
    }

    private void reply(SocketPacketType type, String namespace, JsonNode data) {
        send(Outgoing.of(new SocketPacket(type, namespace, OptionalLong.empty(), data)));
    }

    // ---- to the client ----------------------------------------------------------------------

    SendOutcome send(Outgoing packet) {
        SendOutcome outcome = session.send(packet.messages());
        if (outcome == SendOutcome.FULL) {
            dropSlowViewer(packet.namespace());
        }
        return outcome;
    }

    SendOutcome sendVolatile(Outgoing packet) {
        return session.sendIfIdle(packet.messages());
    }

    private void dropSlowViewer(String namespace) {
        LOG.info("a viewer read too slowly and was disconnected");
        ObjectNode reason = JsonNodeFactory.instance.objectNode();
        reason.put("reason", CloseReason.SLOW_VIEWER.wireName());
        reason.put("detail", "events came faster than they were read; those waiting were dropped");
        List<EnginePacket> lastWords =
                new ArrayList<>(Outgoing.event(namespace, "dropped", reason).messages());
        lastWords.add(EnginePacket.CLOSE);
        session.close(CloseReason.SLOW_VIEWER, lastWords);
    }

    // ---- the end ----------------------------------------------------------------------------

    Timer timer() {
        return server.timer();
    }

    void left(Socket socket, CloseReason reason) {
        sockets.remove(socket.namespace().name(), socket);
        socket.left(reason);
        if (sockets.isEmpty() && session.isOpen()) {
            armConnectDeadline();
        }
    }

    @Override
    public void onClose(CloseReason reason) {
        cancelConnectDeadline();
        List.copyOf(sockets.values()).forEach(socket -> left(socket, reason));
    }

    private synchronized void armConnectDeadline() {
        connectDeadline.cancel();
        connectDeadline =
                server.timer()
                        .after(
                                server.connectTimeout(),
                                () ->
                                        session.close(
                                                CloseReason.CONNECT_TIMEOUT,
                                                List.of(EnginePacket.CLOSE)));
    }

    private synchronized void cancelConnectDeadline() {
        connectDeadline.cancel();
    }
}
