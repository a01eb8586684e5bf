/**
 * The hub's connections to its broker, whichever that is.
 *
 * <p>Takes: where the broker is, what to hear, what to say.
 *
 * <p>Gives: messages, each acknowledged when its receiver says so.
 *
 * <p>Threading: messages come in on one thread; publishing is thread-safe.
 */
@NullMarked
package io.facet.hub.mqtt;

import org.jspecify.annotations.NullMarked;
