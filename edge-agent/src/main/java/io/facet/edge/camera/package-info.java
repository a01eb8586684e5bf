/**
 * The cameras of one box: from frames to events, and live pictures on demand.
 *
 * <p>Takes: the cameras the hub wants read.
 *
 * <p>Gives: events to the outbox, states and counters, live pictures.
 *
 * <p>Threading: one thread per camera owns its state; what is offered to others is thread-safe.
 */
@NullMarked
package io.facet.edge.camera;

import org.jspecify.annotations.NullMarked;
