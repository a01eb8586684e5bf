/**
 * Whether each part of the hub works.
 *
 * <p>Takes: checks.
 *
 * <p>Gives: a report.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.health;

import org.jspecify.annotations.NullMarked;
