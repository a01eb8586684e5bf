/**
 * Who read and changed what: ids only, hash-chained, never silently lost.
 *
 * <p>Takes: entries.
 *
 * <p>Gives: a durable log, pages of it, a verdict on it.
 *
 * <p>Threading: thread-safe; one thread writes.
 */
@NullMarked
package io.facet.hub.audit;

import org.jspecify.annotations.NullMarked;
