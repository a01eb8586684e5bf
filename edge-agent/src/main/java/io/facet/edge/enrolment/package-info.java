/**
 * Which hub this box belongs to, and by which key.
 *
 * <p>Takes: the device key an administrator made at the hub.
 *
 * <p>Gives: the box's identity and the broker's address, remembered for starts without the hub.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.edge.enrolment;

import org.jspecify.annotations.NullMarked;
