package io.facet.hub.live.engineio;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, whatever it is carried by.
 *
 * <pre>
 * POLLING --probe--> PROBING --upgrade--> WEBSOCKET
 *    ^------ socket lost, timeout ---'
 * any of them --close--> closed, with last packets lingering for their reader
 * </pre>
 *
 * Packets to the client wait in a bounded queue, which polls or the WebSocket's writer thread
 * empty. Thread-safe: the monitor guards the state and is never held while anybody else is called;
 * {@code receiving} keeps the listener's calls in order.
 */
public final class EngineSession {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

    private enum Mode {
        POLLING,
        PROBING,
        WEBSOCKET
    }

    private final String id;
    private final Handshake handshake;
    private final EngineConfig config;
    private final Timer timer;
    private final Runnable forget;
    private final Consumer<CloseReason> closedFor;
    private final Heartbeat heartbeat;
    private final SessionListener listener;
    private final ReentrantLock receiving = new ReentrantLock();

    private final SendQueue queue;
    private Mode mode = Mode.POLLING;
    private boolean pollWaiting;
    private @Nullable CloseReason closed;
    private @Nullable SocketLink link;
    private @Nullable Thread writer;
    private Timer.Task upgradeDeadline = Timer.Task.NONE;
    private Timer.Task linger = Timer.Task.NONE;

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
        queue = new SendQueue(config.maxQueuedPackets(), config.maxQueuedBytes());
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
        return offer(packets, false);
    }

    /** Queues packets only when nothing else waits: for what a slow viewer may miss. */
    public SendOutcome sendIfIdle(List<EnginePacket> packets) {
        return offer(packets, true);
    }

    private synchronized SendOutcome offer(List<EnginePacket> packets, boolean onlyIfIdle) {
        if (closed != null) {
            return SendOutcome.CLOSED;
        }
        if ((onlyIfIdle && !queue.isEmpty()) || !queue.offer(packets)) {
            return SendOutcome.FULL;
        }
        notifyAll();
        return SendOutcome.QUEUED;
    }

    /** Packets that wait. */
    synchronized int waiting() {
        return queue.size();
    }

    /** Answers a poll; waits until there is something to say, a ping interval at most. */
    public PollOutcome poll() throws InterruptedException {
        Optional<PollOutcome> refused = beginPoll();
        if (refused.isPresent()) {
            if (refused.get() instanceof PollOutcome.Overlap) {
                close(CloseReason.OVERLAPPING_POLL, List.of(EnginePacket.CLOSE));
            }
            return refused.get();
        }
        try {
            return awaitPackets();
        } finally {
            if (endPoll()) {
                end();
            }
        }
    }

    private synchronized Optional<PollOutcome> beginPoll() {
        if (mode == Mode.WEBSOCKET || (closed != null && queue.isEmpty())) {
            return Optional.of(new PollOutcome.Gone());
        }
        if (pollWaiting) {
            return Optional.of(new PollOutcome.Overlap());
        }
        pollWaiting = true;
        return Optional.empty();
    }

    private synchronized PollOutcome awaitPackets() throws InterruptedException {
        while (queue.isEmpty() && closed == null && mode == Mode.POLLING) {
            wait();
        }
        List<EnginePacket> packets =
                mode == Mode.WEBSOCKET ? List.of() : queue.drain(config.maxPayload());
        return new PollOutcome.Packets(packets.isEmpty() ? List.of(EnginePacket.NOOP) : packets);
    }

    private synchronized boolean endPoll() {
        pollWaiting = false;
        return closed != null && queue.isEmpty();
    }

    // ---- from the client --------------------------------------------------------------------

    /**
     * Takes in one packet.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when the client broke the protocol; the
     *     session is closed then
     */
    public void receive(EnginePacket packet) {
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
                    case CLOSE -> close(CloseReason.CLIENT_CLOSE);
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
    synchronized void carryBy(SocketLink socket) {
        mode = Mode.WEBSOCKET;
        startWriter(socket);
    }

    /** A WebSocket asks to take over; false when there is nothing to take over. */
    public synchronized boolean probe(SocketLink socket) {
        if (mode != Mode.POLLING || closed != null) {
            return false;
        }
        mode = Mode.PROBING;
        link = socket;
        upgradeDeadline = timer.after(config.upgradeTimeout(), () -> expire(socket));
        notifyAll();
        return true;
    }

    /** The WebSocket that probed takes over; false when it did not probe. */
    public synchronized boolean upgrade(SocketLink socket) {
        if (!probing(socket) || closed != null) {
            return false;
        }
        upgradeDeadline.cancel();
        mode = Mode.WEBSOCKET;
        notifyAll();
        startWriter(socket);
        return true;
    }

    /** A WebSocket is gone: with it the session, unless it was only probing. */
    public void lost(SocketLink socket) {
        if (stopProbing(socket)) {
            return;
        }
        if (carriedBy(socket)) {
            close(CloseReason.TRANSPORT_CLOSE);
            end();
        }
    }

    private void expire(SocketLink socket) {
        if (stopProbing(socket)) {
            socket.abort();
        }
    }

    private synchronized boolean stopProbing(SocketLink socket) {
        if (!probing(socket)) {
            return false;
        }
        upgradeDeadline.cancel();
        mode = Mode.POLLING;
        link = null;
        return true;
    }

    private synchronized boolean probing(SocketLink socket) {
        return mode == Mode.PROBING && socket.equals(link);
    }

    private synchronized boolean carriedBy(SocketLink socket) {
        return mode == Mode.WEBSOCKET && socket.equals(link);
    }

    private synchronized void startWriter(SocketLink socket) {
        link = socket;
        writer = Thread.ofVirtual().name("live-writer").start(() -> write(socket));
    }

    private void write(SocketLink socket) {
        try {
            List<EnginePacket> batch = take();
            while (!batch.isEmpty()) {
                for (EnginePacket packet : batch) {
                    socket.send(packet);
                }
                batch = take();
            }
            socket.close(reason());
        } catch (InterruptedException | IOException gone) {
            LOG.debug("a viewer's connection broke while writing", gone);
            lost(socket);
        }
    }

    /** The next packets; empty when the session is closed and everything is said. */
    private synchronized List<EnginePacket> take() throws InterruptedException {
        while (queue.isEmpty() && closed == null) {
            wait();
        }
        return queue.drain(Long.MAX_VALUE);
    }

    // ---- the end ----------------------------------------------------------------------------

    public synchronized boolean isOpen() {
        return closed == null;
    }

    private synchronized CloseReason reason() {
        return closed == null ? CloseReason.SERVER_CLOSE : closed;
    }

    /** Ends the session at once; what waits in the queue is dropped. */
    public void close(CloseReason reason) {
        close(reason, List.of());
    }

    /**
     * Ends the session. With last words the queue is still sent, and they after it, while somebody
     * reads; of a slow viewer's queue only they.
     */
    public void close(CloseReason reason, List<EnginePacket> lastWords) {
        if (!beginClose(reason, lastWords)) {
            return;
        }
        LOG.debug("session closed: {}", reason.wireName());
        closedFor.accept(reason);
        heartbeat.stop();
        listener.onClose(reason);
        if (nobodyReads()) {
            end();
        }
    }

    private synchronized boolean beginClose(CloseReason reason, List<EnginePacket> lastWords) {
        if (closed != null) {
            return false;
        }
        closed = reason;
        if (lastWords.isEmpty() || reason == CloseReason.SLOW_VIEWER) {
            queue.clear();
        }
        queue.force(lastWords);
        linger = timer.after(config.lingerTimeout(), this::end);
        notifyAll();
        return true;
    }

    private synchronized boolean nobodyReads() {
        return queue.isEmpty() && !pollWaiting && link == null;
    }

    /** Nothing more will be said or read. */
    private void end() {
        SocketLink socket;
        Thread writing;
        synchronized (this) {
            linger.cancel();
            upgradeDeadline.cancel();
            socket = link;
            writing = writer;
            link = null;
            writer = null;
        }
        forget.run();
        if (socket != null) {
            socket.abort();
        }
        if (writing != null && !writing.equals(Thread.currentThread())) {
            writing.interrupt();
        }
    }
}
