/**
 * What the edge saw: stored once, paged, and fed to whoever watches.
 *
 * <p>Takes: model.FaceEvent as received.
 *
 * <p>Gives: StoredEvent, HubEvent.
 *
 * <p>Threading: thread-safe; each watcher has its own thread.
 */
@NullMarked
package io.facet.hub.events;

import org.jspecify.annotations.NullMarked;
