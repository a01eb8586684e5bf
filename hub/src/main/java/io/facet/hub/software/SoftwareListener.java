package io.facet.hub.software;

import io.facet.model.AgentId;

/** Told, after the commit, when a box is to run something else. Must not throw or block long. */
@FunctionalInterface
public interface SoftwareListener {
    void softwareChanged(AgentId agent);
}
