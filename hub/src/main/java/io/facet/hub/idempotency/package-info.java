/**
 * Changes that happen once however often they are asked for.
 *
 * <p>Takes: a caller's token and what was asked.
 *
 * <p>Gives: the answer, the first time by doing it and then from the record.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.idempotency;

import org.jspecify.annotations.NullMarked;
