/**
 * {@code ./facet up}: a hub and an agent on this machine, with a demo clip for a camera.
 *
 * <p>Takes: demo material, or a camera's address.
 *
 * <p>Gives: two child processes, an enrolled person, a page to look at.
 *
 * <p>Threading: main thread; children are stopped from the shutdown hook.
 */
@NullMarked
package io.facet.edge.up;

import org.jspecify.annotations.NullMarked;
