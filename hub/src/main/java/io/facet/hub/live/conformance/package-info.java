/**
 * What the public conformance suites of Engine.IO and Socket.IO speak to.
 *
 * <p>Takes: a loopback port.
 *
 * <p>Gives: echoes, through the very engine, namespaces and transports that the hub's viewers use.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.live.conformance;

import org.jspecify.annotations.NullMarked;
