package io.facet.hub.cameras;

import io.facet.model.AgentId;
import io.facet.model.CameraSource;
import java.util.Optional;

/**
 * A camera to add.
 *
 * @param agent the box that shall read it; the only one when absent
 */
public record NewCamera(String name, CameraSource source, Optional<AgentId> agent) {
    public NewCamera {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "a camera's name has 1 to 200 characters and is not blank");
        }
    }
}
