package io.facet.model;

/**
 * A camera and the box that reads it.
 *
 * @param name 1 to 200 characters, not blank
 */
public record Camera(CameraId id, String name, SiteId site, AgentId agent, CameraSource source) {
    public Camera {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "a camera's name has 1 to 200 characters and is not blank");
        }
    }
}
