/**
 * The gallery as edge boxes pull it: snapshots and deltas by revision.
 *
 * <p>Takes: a revision and a space.
 *
 * <p>Gives: wire GalleryChanges.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.sync;

import org.jspecify.annotations.NullMarked;
