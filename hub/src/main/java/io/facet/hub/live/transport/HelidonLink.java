package io.facet.hub.live.transport;

import io.facet.hub.live.engineio.CloseReason;
import io.facet.hub.live.engineio.EnginePacket;
import io.facet.hub.live.engineio.PacketCodec;
import io.facet.hub.live.engineio.SocketLink;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to a Helidon WebSocket. Its session is not thread-safe, so every write takes one lock. */
final class HelidonLink implements SocketLink {
    private static final Logger LOG = LoggerFactory.getLogger(HelidonLink.class);
    private static final int NORMAL = 1000;

    private final WsSession socket;
    private final ReentrantLock writing = new ReentrantLock();

    HelidonLink(WsSession socket) {
        this.socket = socket;
    }

    @Override
    public void send(EnginePacket packet) throws IOException {
        try {
            sendNow(packet);
        } catch (UncheckedIOException gone) {
            throw new IOException("the WebSocket is gone", gone);
        }
    }

    void sendNow(EnginePacket packet) {
        writing.lock();
        try {
            switch (packet) {
                case EnginePacket.Text text -> socket.send(PacketCodec.encode(text), true);
                case EnginePacket.Binary binary ->
                        socket.send(BufferData.create(binary.data()), true);
            }
        } finally {
            writing.unlock();
        }
    }

    void pong(BufferData payload) {
        writing.lock();
        try {
            socket.pong(payload);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close(CloseReason reason) {
        refuse(NORMAL, reason.wireName());
    }

    /** Closes with a status and a reason of at most 120 characters. */
    void refuse(int status, String reason) {
        writing.lock();
        try {
            socket.close(status, reason);
        } catch (UncheckedIOException gone) {
            LOG.debug("a WebSocket was gone before it was closed", gone);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void abort() {
        // Interrupting its reader thread makes the JDK close the socket, even in the middle of a
        // write.
        if (socket instanceof ServerConnection connection) {
            connection.close(true);
        }
    }
}
