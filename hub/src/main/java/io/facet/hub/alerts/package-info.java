/**
 * Alert rules, watched by the hub itself: pending, firing, resolved.
 *
 * <p>Takes: samples of the hub and its fleet, what observers tell, rules.
 *
 * <p>Gives: Alert, kept over restarts; alert_raised and alert_resolved.
 *
 * <p>Threading: thread-safe; one thread evaluates.
 */
@NullMarked
package io.facet.hub.alerts;

import org.jspecify.annotations.NullMarked;
