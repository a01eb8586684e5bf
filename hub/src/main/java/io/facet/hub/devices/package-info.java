/**
 * Edge boxes: registration, keys, reports.
 *
 * <p>Takes: registrations and reports.
 *
 * <p>Gives: Device.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.devices;

import org.jspecify.annotations.NullMarked;
