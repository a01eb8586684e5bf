package io.facet.hub.cameras;

import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.util.Map;

/** Which boxes there are, and where. Thread-safe. */
@FunctionalInterface
public interface Agents {
    Map<AgentId, SiteId> registered();
}
