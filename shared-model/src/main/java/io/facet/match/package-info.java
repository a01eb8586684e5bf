/**
 * Neighbours and a policy to a decision.
 *
 * <p>Takes: a probe embedding.
 *
 * <p>Gives: MatchDecision.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.match;

import org.jspecify.annotations.NullMarked;
