package io.facet.hub.devices;

import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.util.List;
import java.util.Optional;

/** Edge boxes. Thread-safe. */
public interface DeviceService {
    /**
     * Registers a box and gives it a key. A box registered before gets a new key and its old one
     * stops working.
     */
    DeviceKey register(AgentId agent, SiteId site);

    /** By name. */
    List<Device> list(SiteScope sites);

    Optional<Device> get(AgentId agent, SiteScope sites);

    /**
     * Puts a box into these groups and no other.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND}
     */
    Device group(AgentId agent, DeviceGroups groups, SiteScope sites);

    /**
     * Removes a box and its key.
     *
     * @return false when there was none
     * @throws io.facet.error.FacetException {@code CONFLICT} while it still has cameras
     */
    boolean remove(AgentId agent, SiteScope sites);
}
