package io.facet.hub.live.transport;

import io.facet.error.FacetException;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.EngineServer;
import io.facet.hub.live.engineio.EngineSession;
import io.facet.hub.live.engineio.Handshake;
import io.facet.hub.live.engineio.PacketCodec;
import io.facet.hub.live.engineio.PacketType;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Engine.IO over one WebSocket: a session of its own, or the upgrade of one that polls. Make one
 * per connection; Helidon calls it from the connection's reader thread.
 */
final class WebSocketListener implements WsListener {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketListener.class);
    private static final int POLICY_VIOLATION = 1008;
    private static final int TOO_BIG = 1009;
    private static final int TRY_AGAIN_LATER = 1013;

    private final EngineServer engine;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Origins origins;
    private Optional<Headers> request = Optional.empty();
    private Optional<String> sid = Optional.empty();
    private volatile @Nullable EngineSession session;
    private volatile @Nullable HelidonLink link;
    private boolean carrying;

    WebSocketListener(EngineServer engine, Origins origins) {
        this.engine = engine;
        this.origins = origins;
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
            throws WsUpgradeException {
        boolean known =
                prologue.query().first("EIO").orElse("").equals("4")
                        && prologue.query().first("transport").orElse("").equals("websocket");
        if (!known) {
            throw new WsUpgradeException("not an Engine.IO 4 WebSocket");
        }
        sid = prologue.query().first("sid").asOptional();
        // The address is not known yet; to the origin it does not matter.
        if (!origins.admits(handshake(headers, InetSocketAddress.createUnresolved("", 0)))) {
            throw new WsUpgradeException("pages of this origin may not connect");
        }
        request = Optional.of(headers);
        return Optional.empty();
    }

    private static Handshake handshake(Headers headers, SocketAddress peer) {
        return Handshakes.of(headers, headers.first(HeaderNames.HOST).orElse(""), peer);
    }

    @Override
    public void onOpen(WsSession socket) {
        HelidonLink opened = new HelidonLink(socket);
        link = opened;
        watch(Thread.currentThread());
        if (sid.isPresent()) {
            upgrade(sid.get(), opened);
        } else {
            open(socket, opened);
        }
    }

    private void upgrade(String id, HelidonLink opened) {
        Optional<EngineSession> polling = engine.find(id);
        if (polling.isPresent() && polling.get().offer(opened)) {
            session = polling.get();
        } else {
            opened.refuse(POLICY_VIOLATION, "no session that could be upgraded");
        }
    }

    private void open(WsSession socket, HelidonLink opened) {
        SocketAddress peer = socket.socketContext().remotePeer().address();
        Handshake handshake = request.map(h -> handshake(h, peer)).orElse(Handshake.NONE);
        try {
            session = engine.openWebSocket(handshake, opened);
            carrying = true;
        } catch (FacetException full) {
            opened.refuse(TRY_AGAIN_LATER, full.reason());
        }
    }

    /**
     * Notices the end of a connection that breaks off: Helidon 4.3 tells a listener of close frames
     * only, but the connection's reader thread ends with it.
     */
    private void watch(Thread reader) {
        Thread.ofVirtual()
                .name("live-watch")
                .start(() -> {
                    try {
                        reader.join();
                        gone();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    @Override
    public void onMessage(WsSession socket, String part, boolean last) {
        if (tooLong(text.length() + part.length())) {
            return;
        }
        text.append(part);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            guarded(() -> received(PacketCodec.decode(message)));
        }
    }

    @Override
    public void onMessage(WsSession socket, BufferData part, boolean last) {
        if (tooLong(bytes.size() + part.available())) {
            return;
        }
        bytes.writeBytes(part.readBytes());
        if (last) {
            EnginePacket message = new EnginePacket.Binary(bytes.toByteArray());
            bytes.reset();
            guarded(() -> received(message));
        }
    }

    private boolean tooLong(int length) {
        boolean tooLong = length > engine.config().maxPayload();
        if (tooLong) {
            end(TOO_BIG, "a message may have " + engine.config().maxPayload() + " bytes");
        }
        return tooLong;
    }

    /** A client that breaks the protocol loses its connection, and nobody else theirs. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (FacetException malformed) {
            LOG.debug("a client broke the protocol: {}", malformed.reason());
            end(POLICY_VIOLATION, "protocol error");
        }
    }

    private void end(int status, String reason) {
        HelidonLink socket = link;
        if (socket != null) {
            socket.refuse(status, reason);
        }
        gone();
    }

    private void received(EnginePacket packet) {
        EngineSession current = session;
        if (current == null) {
            return;
        }
        if (carrying) {
            current.receive(packet);
        } else {
            probing(current, packet);
        }
    }

    private void probing(EngineSession current, EnginePacket packet) {
        HelidonLink socket = java.util.Objects.requireNonNull(link);
        if (packet instanceof EnginePacket.Text(PacketType type, String data)) {
            if (type == PacketType.PING && data.equals("probe") && current.probe(socket)) {
                socket.sendNow(new EnginePacket.Text(PacketType.PONG, "probe"));
                return;
            }
            if (type == PacketType.UPGRADE && current.upgrade(socket)) {
                carrying = true;
                return;
            }
        }
        session = null;
        current.lost(socket);
        socket.refuse(POLICY_VIOLATION, "no upgrade possible");
    }

    @Override
    public void onPing(WsSession socket, BufferData payload) {
        HelidonLink current = link;
        if (current != null) {
            current.pong(payload);
        }
    }

    @Override
    public void onPong(WsSession socket, BufferData payload) {
        // Engine.IO has a heartbeat of its own.
    }

    @Override
    public void onClose(WsSession socket, int status, String reason) {
        gone();
    }

    @Override
    public void onError(WsSession socket, Throwable fault) {
        if (!(fault instanceof IOException)) {
            LOG.debug("a WebSocket failed", fault);
        }
        gone();
    }

    private void gone() {
        EngineSession current = session;
        HelidonLink socket = link;
        if (current != null && socket != null) {
            current.lost(socket);
        }
    }
}
