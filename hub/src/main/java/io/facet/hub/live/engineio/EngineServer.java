package io.facet.hub.live.engineio;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** The sessions of one server. Thread-safe. */
public final class EngineServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final EngineConfig config;
    private final Timer timer;
    private final SessionListener.Factory owner;
    private final AtomicLong slowViewers = new AtomicLong();
    private volatile boolean stopping;

    public EngineServer(EngineConfig config, Timer timer, SessionListener.Factory owner) {
        this.config = config;
        this.timer = timer;
        this.owner = owner;
    }

    public EngineConfig config() {
        return config;
    }

    /** The session of this id, while it is open or has last packets to give. */
    public Optional<EngineSession> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }

    /**
     * Opens a session that polls; the first poll gets the handshake.
     *
     * @throws FacetException {@code UNAVAILABLE} when there are too many
     */
    public EngineSession openPolling(Handshake handshake) {
        EngineSession session = open(handshake);
        session.start(openPacket(session.id(), List.of("websocket")));
        return session;
    }

    /** Opens a session on a WebSocket. */
    public EngineSession openWebSocket(Handshake handshake, SocketLink link) {
        EngineSession session = open(handshake);
        session.carryBy(link);
        session.start(openPacket(session.id(), List.of()));
        return session;
    }

    private EngineSession open(Handshake handshake) {
        if (stopping || sessions.size() >= config.maxSessions()) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    stopping ? "the hub stops" : "too many live viewers; try again later");
        }
        String id = newId();
        EngineSession session =
                new EngineSession(
                        id,
                        handshake,
                        config,
                        timer,
                        owner,
                        () -> sessions.remove(id),
                        this::closed);
        sessions.put(id, session);
        return session;
    }

    private void closed(CloseReason reason) {
        if (reason == CloseReason.SLOW_VIEWER) {
            slowViewers.incrementAndGet();
        }
    }

    /** Packets that wait in the fullest session. */
    public int fullest() {
        return sessions.values().stream().mapToInt(EngineSession::waiting).max().orElse(0);
    }

    /** Sessions ended since the start because their viewers read too slowly. */
    public long slowViewers() {
        return slowViewers.get();
    }

    private EnginePacket openPacket(String id, List<String> upgrades) {
        ObjectNode open = JSON.createObjectNode();
        open.put("sid", id);
        upgrades.forEach(open.putArray("upgrades")::add);
        open.put("pingInterval", config.pingInterval().toMillis());
        open.put("pingTimeout", config.pingTimeout().toMillis());
        open.put("maxPayload", config.maxPayload());
        return new EnginePacket.Text(PacketType.OPEN, open.toString());
    }

    private String newId() {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Ends every session, saying so. */
    @Override
    public void close() {
        stopping = true;
        sessions.values()
                .forEach(session ->
                        session.close(CloseReason.SHUTDOWN, List.of(EnginePacket.CLOSE)));
    }
}
