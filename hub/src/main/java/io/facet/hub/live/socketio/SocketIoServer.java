package io.facet.hub.live.socketio;

import io.facet.hub.live.engineio.EngineSession;
import io.facet.hub.live.engineio.SessionListener;
import io.facet.hub.live.engineio.Timer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The namespaces of one server; makes the listeners of its Engine.IO sessions. Thread-safe. */
public final class SocketIoServer implements SessionListener.Factory {
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final Timer timer;
    private final Duration connectTimeout;
    private final long maxAttachmentBytes;

    /**
     * A server without namespaces.
     *
     * @param connectTimeout how long a connection may be in no namespace
     * @param maxAttachmentBytes most bytes of one packet's attachments from a client
     */
    public SocketIoServer(Timer timer, Duration connectTimeout, long maxAttachmentBytes) {
        this.timer = timer;
        this.connectTimeout = connectTimeout;
        this.maxAttachmentBytes = maxAttachmentBytes;
    }

    /** Opens a namespace. */
    public Namespace namespace(String name, ConnectHandler handler) {
        Namespace namespace = new Namespace(name, handler);
        if (namespaces.putIfAbsent(name, namespace) != null) {
            throw new IllegalArgumentException("there is a namespace " + name);
        }
        return namespace;
    }

    @Override
    public SessionListener opened(EngineSession session) {
        return new Connection(this, session, new SocketDecoder(maxAttachmentBytes));
    }

    /** The namespace of this name. */
    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    Timer timer() {
        return timer;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    String newId() {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
