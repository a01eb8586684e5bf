package io.facet.hub.live.engineio;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What carries a session: polls, or a WebSocket that took over from them or was there from the
 * first packet on. Guarded by the session's monitor.
 */
final class Transport {
    private enum Mode {
        POLLING,
        OFFERED,
        PROBING,
        WEBSOCKET
    }

    private Mode mode = Mode.POLLING;
    private boolean upgradeExpected;
    private @Nullable SocketLink link;
    private @Nullable Thread writer;
    private Timer.Task upgradeDeadline = Timer.Task.NONE;

    /** A WebSocket and the thread that writes to it. */
    record Carrier(Optional<SocketLink> link, Optional<Thread> writer) {}

    boolean isWebSocket() {
        return mode == Mode.WEBSOCKET;
    }

    boolean isProbed() {
        return mode == Mode.PROBING;
    }

    /** Whether a probe has come whose upgrade is still likely to follow at once. */
    boolean expectsUpgrade() {
        return mode == Mode.PROBING && upgradeExpected;
    }

    boolean hasLink() {
        return link != null;
    }

    boolean carriedBy(SocketLink socket) {
        return mode == Mode.WEBSOCKET && socket.equals(link);
    }

    void carryBy(SocketLink socket, Supplier<Thread> writing) {
        mode = Mode.WEBSOCKET;
        link = socket;
        writer = writing.get();
    }

    boolean offer(SocketLink socket, Supplier<Timer.Task> deadline) {
        if (mode != Mode.POLLING) {
            return false;
        }
        mode = Mode.OFFERED;
        link = socket;
        upgradeDeadline = deadline.get();
        return true;
    }

    boolean probe(SocketLink socket) {
        if (mode != Mode.OFFERED || !socket.equals(link)) {
            return false;
        }
        mode = Mode.PROBING;
        upgradeExpected = true;
        return true;
    }

    void expectNoMore() {
        upgradeExpected = false;
    }

    boolean upgrade(SocketLink socket, Supplier<Thread> writing) {
        if (mode != Mode.PROBING || !socket.equals(link)) {
            return false;
        }
        upgradeDeadline.cancel();
        carryBy(socket, writing);
        return true;
    }

    /** Back to polls; false when this WebSocket did not try to take over. */
    boolean stopProbing(SocketLink socket) {
        if ((mode != Mode.OFFERED && mode != Mode.PROBING) || !socket.equals(link)) {
            return false;
        }
        upgradeDeadline.cancel();
        mode = Mode.POLLING;
        link = null;
        return true;
    }

    /** Lets go of the WebSocket and its writer. */
    Carrier release() {
        upgradeDeadline.cancel();
        Carrier carrier = new Carrier(Optional.ofNullable(link), Optional.ofNullable(writer));
        link = null;
        writer = null;
        return carrier;
    }
}
