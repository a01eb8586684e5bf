/**
 * Engine.IO protocol 4, server side, without any network library.
 *
 * <p>Takes: packets from a polling or WebSocket transport.
 *
 * <p>Gives: sessions with a heartbeat, an upgrade path and a bounded send queue.
 *
 * <p>Threading: a session is thread-safe; its listener is called by one thread at a time.
 */
@NullMarked
package io.facet.hub.live.engineio;

import org.jspecify.annotations.NullMarked;
