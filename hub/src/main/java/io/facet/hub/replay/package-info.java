/**
 * Answers kept for writes that may be repeated.
 *
 * <p>Takes: an Idempotency-Key, who sent it and what with.
 *
 * <p>Gives: the first answer again.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.replay;

import org.jspecify.annotations.NullMarked;
