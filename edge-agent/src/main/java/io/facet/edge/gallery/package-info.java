/**
 * This box's copy of the gallery: encrypted in SQLite, searched in memory.
 *
 * <p>Takes: pages of changes from the hub.
 *
 * <p>Gives: who a face is; revision and digest of what is held.
 *
 * <p>Threading: matching is thread-safe; pages are applied one at a time.
 */
@NullMarked
package io.facet.edge.gallery;

import org.jspecify.annotations.NullMarked;
