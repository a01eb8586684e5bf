package io.facet.hub.people;

import java.time.Instant;

/**
 * A person is erased.
 *
 * @param revision the gallery's; a box at it, or past it, has erased them too
 */
public record Erasure(Instant at, long revision) {}
