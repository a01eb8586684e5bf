package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.live.engineio.Handshake;
import java.util.function.Consumer;

/** Decides who may enter a namespace. Thread-safe. */
@FunctionalInterface
public interface ConnectHandler {
    /**
     * Decides about one client.
     *
     * @param auth what the client sent as {@code auth}; empty when it sent nothing
     */
    Decision connect(Handshake handshake, ObjectNode auth);

    /** Whether a client may enter. */
    sealed interface Decision {
        /** It may; the consumer gets its socket after the client was told. */
        record Accept(Consumer<Socket> connected) implements Decision {}

        /**
         * It may not.
         *
         * @param message the {@code message} of the client's {@code connect_error}
         * @param data its {@code data}
         */
        record Refuse(String message, ObjectNode data) implements Decision {}
    }
}
