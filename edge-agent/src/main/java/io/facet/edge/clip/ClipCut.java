package io.facet.edge.clip;

import io.facet.model.EventId;
import java.time.Duration;
import java.util.List;

/**
 * What a film is made of.
 *
 * @param pictures in their order, at least one
 * @param period how long the last one is shown
 */
public record ClipCut(EventId event, List<ClipPicture> pictures, Duration period) {
    public ClipCut {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a film has pictures");
        }
    }
}
