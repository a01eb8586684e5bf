/**
 * The embedded MQTT 5 broker.
 *
 * <p>Takes: a folder, a port, who may connect.
 *
 * <p>Gives: a running broker.
 *
 * <p>Threading: start and close from one thread.
 */
@NullMarked
package io.facet.hub.broker;

import org.jspecify.annotations.NullMarked;
