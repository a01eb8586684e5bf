/**
 * Keeps Mosquitto's dynamic security plugin in line with the hub's books of boxes.
 *
 * <p>Takes: which boxes hold which certificate or key, and keys the moment they are made.
 *
 * <p>Gives: clients and roles at the broker; whoever is in the books no more is gone from it.
 *
 * <p>Threading: one thread talks to the broker; what others call is thread-safe.
 */
@NullMarked
package io.facet.hub.broker.mosquitto;

import org.jspecify.annotations.NullMarked;
