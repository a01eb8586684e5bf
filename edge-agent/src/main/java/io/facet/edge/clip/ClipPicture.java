package io.facet.edge.clip;

import io.facet.model.Jpeg;

/**
 * A picture of a film.
 *
 * @param nanos capture, by the box's monotonic clock
 */
public record ClipPicture(long nanos, Jpeg jpeg) {}
