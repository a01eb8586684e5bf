package io.facet.hub.live.engineio;

import java.io.IOException;

/** A WebSocket, as a session writes to it. */
public interface SocketLink {
    /** Writes one packet; blocks while the peer does not read. Called by one thread at a time. */
    void send(EnginePacket packet) throws IOException;

    /** Says goodbye; the peer answers or {@link #abort} follows. */
    void close(CloseReason reason);

    /** Cuts the connection, whatever it is doing. */
    void abort();
}
