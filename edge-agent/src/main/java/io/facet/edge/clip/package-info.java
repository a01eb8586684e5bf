/**
 * Short films around events: what is held in memory of each camera, how a film is made of it, and
 * the folder it waits in until the hub has it.
 *
 * <p>Takes: small pictures of cameras, and the moments to keep.
 *
 * <p>Gives: films, sealed for the hub.
 *
 * <p>Threading: a reel belongs to one thread; all else is thread-safe.
 */
@NullMarked
package io.facet.edge.clip;

import org.jspecify.annotations.NullMarked;
