/**
 * Keeps this box's gallery at the hub's revision.
 *
 * <p>Takes: the hub's gallery head, pages over HTTP.
 *
 * <p>Gives: a gallery that equals the hub's, by digest.
 *
 * <p>Threading: one thread of its own.
 */
@NullMarked
package io.facet.edge.sync;

import org.jspecify.annotations.NullMarked;
