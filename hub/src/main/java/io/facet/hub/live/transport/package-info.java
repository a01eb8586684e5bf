/**
 * Engine.IO over Helidon: long polling and WebSocket on the web server's own port.
 *
 * <p>Takes: HTTP requests and WebSocket frames at {@code /socket.io/}.
 *
 * <p>Gives: packets to Engine.IO sessions, and theirs to the wire.
 *
 * <p>Threading: a virtual thread per request, one reader and one writer per WebSocket.
 */
@NullMarked
package io.facet.hub.live.transport;

import org.jspecify.annotations.NullMarked;
