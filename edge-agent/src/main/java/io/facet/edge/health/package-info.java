/**
 * Whether this box works, for whoever looks after it.
 *
 * <p>Takes: the states of the parts.
 *
 * <p>Gives: {@code /health/live} and {@code /health/ready} on the loopback interface.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.edge.health;

import org.jspecify.annotations.NullMarked;
