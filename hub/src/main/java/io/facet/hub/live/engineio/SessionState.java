package io.facet.hub.live.engineio;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a session's client, what carries it there, and whether the session is open: all
 * that changes about a session. Thread-safe: its monitor guards it, polls and the WebSocket's
 * writer wait on it, and nobody else is called while it is held but the timer.
 */
final class SessionState {
    private final SendQueue queue;
    private final Transport transport = new Transport();
    private boolean pollWaiting;
    private @Nullable CloseReason closed;
    private Timer.Task linger = Timer.Task.NONE;

    SessionState(SendQueue queue) {
        this.queue = queue;
    }

    // ---- to the client ----------------------------------------------------------------------

    synchronized SendOutcome offer(List<EnginePacket> packets, boolean onlyIfIdle) {
        if (closed != null) {
            return SendOutcome.CLOSED;
        }
        if ((onlyIfIdle && !queue.isEmpty()) || !queue.offer(packets)) {
            return SendOutcome.FULL;
        }
        notifyAll();
        return SendOutcome.QUEUED;
    }

    synchronized int waiting() {
        return queue.size();
    }

    /** Why a poll that came in is not to wait; empty when it may. */
    synchronized Optional<PollOutcome> beginPoll() {
        if (transport.isWebSocket() || (closed != null && queue.isEmpty())) {
            return Optional.of(new PollOutcome.Gone());
        }
        if (pollWaiting) {
            return Optional.of(new PollOutcome.Overlap());
        }
        pollWaiting = true;
        return Optional.empty();
    }

    synchronized PollOutcome awaitPackets(long mostBytes) throws InterruptedException {
        while (nothingToSay() && !transport.isProbed() && !transport.isWebSocket()) {
            wait();
        }
        awaitUpgrade();
        if (transport.isWebSocket()) {
            return new PollOutcome.Gone();
        }
        List<EnginePacket> packets = queue.drain(mostBytes);
        return new PollOutcome.Packets(packets.isEmpty() ? List.of(EnginePacket.NOOP) : packets);
    }

    /**
     * A client lets its last poll end before it upgrades; one that sends probe and upgrade in one
     * go does not, and its poll then belongs to a transport that is no more.
     */
    private synchronized void awaitUpgrade() throws InterruptedException {
        while (transport.expectsUpgrade() && nothingToSay()) {
            wait();
        }
    }

    private synchronized boolean nothingToSay() {
        return queue.isEmpty() && closed == null;
    }

    /** Whether nothing more will be said. */
    synchronized boolean endPoll() {
        pollWaiting = false;
        return closed != null && queue.isEmpty();
    }

    /** The next packets; empty when the session is closed and everything is said. */
    synchronized List<EnginePacket> take() throws InterruptedException {
        while (queue.isEmpty() && closed == null) {
            wait();
        }
        return queue.drain(Long.MAX_VALUE);
    }

    // ---- WebSocket --------------------------------------------------------------------------

    synchronized void carryBy(SocketLink socket, Supplier<Thread> writing) {
        transport.carryBy(socket, writing);
    }

    synchronized boolean offer(SocketLink socket, Supplier<Timer.Task> deadline) {
        return closed == null && transport.offer(socket, deadline);
    }

    synchronized boolean probe(SocketLink socket) {
        boolean probed = closed == null && transport.probe(socket);
        if (probed) {
            notifyAll();
        }
        return probed;
    }

    synchronized void expectNoMore() {
        transport.expectNoMore();
        notifyAll();
    }

    synchronized boolean upgrade(SocketLink socket, Supplier<Thread> writing) {
        boolean upgraded = closed == null && transport.upgrade(socket, writing);
        if (upgraded) {
            notifyAll();
        }
        return upgraded;
    }

    synchronized boolean stopProbing(SocketLink socket) {
        boolean stopped = transport.stopProbing(socket);
        if (stopped) {
            notifyAll();
        }
        return stopped;
    }

    synchronized boolean carriedBy(SocketLink socket) {
        return transport.carriedBy(socket);
    }

    // ---- the end ----------------------------------------------------------------------------

    synchronized boolean isOpen() {
        return closed == null;
    }

    synchronized CloseReason reason() {
        return closed == null ? CloseReason.SERVER_CLOSE : closed;
    }

    /** A client that polls may send its last poll after its goodbye; it too gets an answer. */
    synchronized List<EnginePacket> goodbye() {
        return transport.isWebSocket() ? List.of() : List.of(EnginePacket.NOOP);
    }

    /** Closes, once. */
    synchronized boolean close(
            CloseReason reason, List<EnginePacket> lastWords, Supplier<Timer.Task> lingering) {
        if (closed != null) {
            return false;
        }
        closed = reason;
        if (lastWords.isEmpty()
                || reason == CloseReason.SLOW_VIEWER
                || reason == CloseReason.CLIENT_CLOSE) {
            queue.clear();
        }
        queue.force(lastWords);
        linger = lingering.get();
        notifyAll();
        return true;
    }

    synchronized boolean nobodyReads() {
        return queue.isEmpty() && !pollWaiting && !transport.hasLink();
    }

    /** Nothing more will be said or read: gives back what carried the session. */
    synchronized Transport.Carrier end() {
        linger.cancel();
        return transport.release();
    }
}
