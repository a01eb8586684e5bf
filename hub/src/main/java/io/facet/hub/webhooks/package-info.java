/**
 * Live events sent to other programs over HTTP: signed, tried again, never lost once taken.
 *
 * <p>Takes: events, webhooks.
 *
 * <p>Gives: deliveries, kept in an outbox until they are delivered or dead.
 *
 * <p>Threading: thread-safe; each webhook is served by at most one virtual thread at a time.
 */
@NullMarked
package io.facet.hub.webhooks;

import org.jspecify.annotations.NullMarked;
