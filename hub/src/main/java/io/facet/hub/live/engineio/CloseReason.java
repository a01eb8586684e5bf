package io.facet.hub.live.engineio;

import java.util.Locale;

/** Why a session ended. */
public enum CloseReason {
    /** The client said so. */
    CLIENT_CLOSE,
    /** The WebSocket ended. */
    TRANSPORT_CLOSE,
    /** No pong came. */
    PING_TIMEOUT,
    /** The client sent what no client sends. */
    PARSE_ERROR,
    /** More than {@code maxPayload} in one go. */
    TOO_LARGE,
    /** Two polls at once. */
    OVERLAPPING_POLL,
    /** The viewer reads too slowly and its queue is full. */
    SLOW_VIEWER,
    /** Nobody signed in to any namespace in time. */
    CONNECT_TIMEOUT,
    /** The application ended it. */
    SERVER_CLOSE,
    /** The server stops. */
    SHUTDOWN;

    /** snake_case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
