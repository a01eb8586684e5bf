package io.facet.hub.cameras;

import io.facet.model.AgentId;

/** Told, after the commit, when a box's list of cameras changed. Must not throw or block long. */
@FunctionalInterface
public interface CameraListener {
    void changed(AgentId agent);
}
