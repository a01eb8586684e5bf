/**
 * The conversation with the hub over MQTT: events up, acknowledgements, cameras and wishes down.
 *
 * <p>Takes: the outbox, the cameras' states, live pictures.
 *
 * <p>Gives: desired cameras, gallery heads, the hub's sealing key, the clock offset.
 *
 * <p>Threading: one uplink thread sends; what arrives comes on the client library's thread.
 */
@NullMarked
package io.facet.edge.uplink;

import org.jspecify.annotations.NullMarked;
