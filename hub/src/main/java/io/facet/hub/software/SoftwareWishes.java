package io.facet.hub.software;

import io.facet.model.AgentId;

/** What each box is to run. Thread-safe. */
@FunctionalInterface
public interface SoftwareWishes {
    SoftwareWish of(AgentId agent);
}
