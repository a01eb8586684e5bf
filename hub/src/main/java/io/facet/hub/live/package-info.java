/**
 * Events and live pictures pushed to viewers over Socket.IO.
 *
 * <p>Takes: the hub's feed, live frames, subscriptions of viewers.
 *
 * <p>Gives: Socket.IO events with the brief's names and fields.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.live;

import org.jspecify.annotations.NullMarked;
