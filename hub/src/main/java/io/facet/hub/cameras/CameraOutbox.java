package io.facet.hub.cameras;

import io.facet.hub.events.HubEvent;
import io.facet.model.CameraId;

/**
 * What was told last of each camera, at rest together with what is told of it now: a change that a
 * dying hub did not tell of is found again, by the next hub at a camera's next report. Thread-safe.
 */
@FunctionalInterface
public interface CameraOutbox {
    /**
     * Tells whether a camera delivers pictures, unless just that was told last. On disk when it
     * returns.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE}: nothing was told
     */
    void tell(CameraId camera, boolean streaming, HubEvent event);
}
