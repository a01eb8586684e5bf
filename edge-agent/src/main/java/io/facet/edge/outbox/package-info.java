/**
 * Keeps every event on disk until the hub has said that it is stored.
 *
 * <p>Takes: moments and what happened at them, from any thread.
 *
 * <p>Gives: events in order of sequence, to send, confirm or set aside.
 *
 * <p>Threading: thread-safe; one writer thread owns the file.
 */
@NullMarked
package io.facet.edge.outbox;

import org.jspecify.annotations.NullMarked;
