package io.facet.hub.cameras;

import io.facet.model.CameraSource;
import java.util.Optional;

/**
 * What to change about a camera; empty keeps what is there.
 *
 * @param threshold its own least confidence of a match, 0 to 1
 * @param withoutThreshold whether its own threshold is taken away
 */
public record CameraChange(
        Optional<String> name,
        Optional<CameraSource> source,
        Optional<Float> threshold,
        boolean withoutThreshold) {
    public CameraChange {
        if (threshold.filter(t -> !(t >= 0 && t <= 1)).isPresent()) {
            throw new IllegalArgumentException("threshold is 0 to 1");
        }
    }
}
