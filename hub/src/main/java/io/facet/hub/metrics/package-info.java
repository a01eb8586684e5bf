/**
 * Metrics for Prometheus; the only room that knows Micrometer. docs/operations.md lists them.
 *
 * <p>Takes: what the observers are told, and samples.
 *
 * <p>Gives: the text that Prometheus reads.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.metrics;

import org.jspecify.annotations.NullMarked;
