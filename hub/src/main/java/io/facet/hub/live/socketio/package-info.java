/**
 * Socket.IO protocol 5, server side, on top of Engine.IO sessions.
 *
 * <p>Takes: messages of Engine.IO sessions.
 *
 * <p>Gives: namespaces, sockets, rooms, events, acknowledgements.
 *
 * <p>Threading: sockets and namespaces are thread-safe; a socket's listeners are called by one
 * thread at a time.
 */
@NullMarked
package io.facet.hub.live.socketio;

import org.jspecify.annotations.NullMarked;
