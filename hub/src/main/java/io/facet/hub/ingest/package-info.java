/**
 * MQTT to services and back: events, states, desired cameras, live pictures.
 *
 * <p>Takes: wire messages.
 *
 * <p>Gives: calls of the services; acknowledgements after commit.
 *
 * <p>Threading: one thread reads the broker, a small pool commits.
 */
@NullMarked
package io.facet.hub.ingest;

import org.jspecify.annotations.NullMarked;
