package io.facet.hub.live.engineio;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, whatever it is carried by.
 *
 * <pre>
 * POLLING --offer--> OFFERED --probe--> PROBING --upgrade--> WEBSOCKET
 *    ^----------------'--- socket lost, timeout ---'
 * any of them --close--> closed, with last packets lingering for their reader
 * </pre>
 *
 * Packets to the client wait in a bounded queue, which polls or the WebSocket's writer thread
 * empty. Thread-safe: {@link SessionState} guards what changes and is never held while anybody else
 * is called; {@code receiving} keeps the listener's calls in order.
 */
public final class EngineSession {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

    /** How long a poll may be held back for an upgrade that is about to happen. */
    private static final Duration UPGRADE_GRACE = Duration.ofMillis(50);

    private final String id;
    private final Handshake handshake;
    private final EngineConfig config;
    private final Timer timer;
    private final Runnable forget;
    private final Consumer<CloseReason> closedFor;
    private final Heartbeat heartbeat;
    private final SessionListener listener;
    private final ReentrantLock receiving = new ReentrantLock();

    private final SessionState state;

    /**
     * @param forget called when nothing more can be read from the session
     * @param closedFor told once why the session ended
     */
    EngineSession(
            String id,
            Handshake handshake,
            EngineConfig config,
            Timer timer,
            SessionListener.Factory owner,
            Runnable forget,
            Consumer<CloseReason> closedFor) {
        this.id = id;
        this.handshake = handshake;
        this.config = config;
        this.timer = timer;
        this.forget = forget;
        this.closedFor = closedFor;
        state = new SessionState(new SendQueue(config.queue().packets(), config.queue().bytes()));
        heartbeat =
                new Heartbeat(
                        timer,
                        config.pingInterval(),
                        config.pingTimeout(),
                        () -> send(List.of(EnginePacket.PING)),
                        () -> close(CloseReason.PING_TIMEOUT));
        listener = owner.opened(this);
    }

    /** Unguessable; it is all that later requests show. */
    public String id() {
        return id;
    }

    public Handshake handshake() {
        return handshake;
    }

    void start(EnginePacket open) {
        send(List.of(open));
        heartbeat.start();
    }

    // ---- to the client ----------------------------------------------------------------------

    /** Queues packets: all of them, next to each other, or none. */
    public SendOutcome send(List<EnginePacket> packets) {
        return state.offer(packets, false);
    }

    /** Queues packets only when nothing else waits: for what a slow viewer may miss. */
    public SendOutcome sendIfIdle(List<EnginePacket> packets) {
        return state.offer(packets, true);
    }

    /** Packets that wait. */
    int waiting() {
        return state.waiting();
    }

    /** Answers a poll; waits until there is something to say, a ping interval at most. */
    public PollOutcome poll() throws InterruptedException {
        heartbeat.check();
        Optional<PollOutcome> refused = state.beginPoll();
        if (refused.isPresent()) {
            if (refused.get() instanceof PollOutcome.Overlap) {
                close(CloseReason.OVERLAPPING_POLL, List.of(EnginePacket.CLOSE));
            }
            return refused.get();
        }
        try {
            return state.awaitPackets(config.maxPayload());
        } finally {
            if (state.endPoll()) {
                end();
            }
        }
    }

    // ---- from the client --------------------------------------------------------------------

    /**
     * Takes in one packet.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when the client broke the protocol; the
     *     session is closed then
     */
    public void receive(EnginePacket packet) {
        heartbeat.check();
        receiving.lock();
        try {
            if (isOpen()) {
                dispatch(packet);
            }
        } catch (FacetException malformed) {
            close(CloseReason.PARSE_ERROR);
            throw malformed;
        } finally {
            receiving.unlock();
        }
    }

    private void dispatch(EnginePacket packet) {
        switch (packet) {
            case EnginePacket.Binary binary -> listener.onBinary(binary.data());
            case EnginePacket.Text(PacketType type, String data) -> {
                switch (type) {
                    case MESSAGE -> listener.onText(data);
                    case PONG -> heartbeat.pong();
                    case CLOSE -> close(CloseReason.CLIENT_CLOSE, state.goodbye());
                    case PING ->
                            throw new FacetException(
                                    ErrorCode.INVALID_ARGUMENT,
                                    "Engine.IO: only the server sends pings in protocol 4");
                    case OPEN, UPGRADE, NOOP -> {}
                }
            }
        }
    }

    // ---- WebSocket --------------------------------------------------------------------------

    /** Starts a session on a WebSocket from the first packet on. */
    void carryBy(SocketLink socket) {
        state.carryBy(socket, () -> writer(socket));
    }

    /** A WebSocket came to take over; false when there is nothing to take over, or another did. */
    public boolean offer(SocketLink socket) {
        return state.offer(
                socket, () -> timer.after(config.upgradeTimeout(), () -> expire(socket)));
    }

    /** The WebSocket that offered itself probes; false when it did not, or has probed before. */
    public boolean probe(SocketLink socket) {
        if (!state.probe(socket)) {
            return false;
        }
        timer.after(UPGRADE_GRACE, state::expectNoMore);
        return true;
    }

    /** The WebSocket that probed takes over; false when it did not probe. */
    public boolean upgrade(SocketLink socket) {
        return state.upgrade(socket, () -> writer(socket));
    }

    /** A WebSocket is gone: with it the session, unless it was only probing. */
    public void lost(SocketLink socket) {
        if (state.stopProbing(socket)) {
            return;
        }
        if (state.carriedBy(socket)) {
            close(CloseReason.TRANSPORT_CLOSE);
            end();
        }
    }

    private void expire(SocketLink socket) {
        if (state.stopProbing(socket)) {
            socket.abort();
        }
    }

    private Thread writer(SocketLink socket) {
        return Thread.ofVirtual().name("live-writer").start(() -> write(socket));
    }

    private void write(SocketLink socket) {
        try {
            List<EnginePacket> batch = state.take();
            while (!batch.isEmpty()) {
                for (EnginePacket packet : batch) {
                    socket.send(packet);
                }
                batch = state.take();
            }
            socket.close(state.reason());
        } catch (InterruptedException | IOException gone) {
            LOG.debug("a viewer's connection broke while writing", gone);
            lost(socket);
        }
    }

    // ---- the end ----------------------------------------------------------------------------

    public boolean isOpen() {
        return state.isOpen();
    }

    /** Ends the session at once; what waits in the queue is dropped. */
    public void close(CloseReason reason) {
        close(reason, List.of());
    }

    /**
     * Ends the session. With last words the queue is still sent, and they after it, while somebody
     * reads; of the queue of a slow viewer, or of one who left, only they.
     */
    public void close(CloseReason reason, List<EnginePacket> lastWords) {
        if (!state.close(reason, lastWords, () -> timer.after(config.lingerTimeout(), this::end))) {
            return;
        }
        LOG.debug("session closed: {}", reason.wireName());
        closedFor.accept(reason);
        heartbeat.stop();
        listener.onClose(reason);
        if (state.nobodyReads()) {
            end();
        }
    }

    /** Nothing more will be said or read. */
    private void end() {
        Transport.Carrier carrier = state.end();
        forget.run();
        carrier.link().ifPresent(SocketLink::abort);
        carrier.writer()
                .filter(writing -> !writing.equals(Thread.currentThread()))
                .ifPresent(Thread::interrupt);
    }
}
