package io.facet.model;

/**
 * A camera and the box that reads it.
 *
 * @param name 1 to 200 characters, not blank
 * @param rules what it attends to
 */
public record Camera(
        CameraId id,
        String name,
        SiteId site,
        AgentId agent,
        CameraSource source,
        CameraRules rules) {
    public Camera {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException(
                    "a camera's name has 1 to 200 characters and is not blank");
        }
    }

    /** A camera without rules of its own. */
    public Camera(CameraId id, String name, SiteId site, AgentId agent, CameraSource source) {
        this(id, name, site, agent, source, CameraRules.NONE);
    }

    public Camera withRules(CameraRules changed) {
        return new Camera(id, name, site, agent, source, changed);
    }
}
