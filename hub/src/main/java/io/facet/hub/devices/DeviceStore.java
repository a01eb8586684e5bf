package io.facet.hub.devices;

import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Boxes at rest. Thread-safe. */
public interface DeviceStore {
    /** A box and its last report. */
    record Stored(
            AgentId agent,
            SiteId site,
            Instant registeredAt,
            Optional<Instant> lastSeen,
            DeviceGroups groups,
            Optional<DeviceReport> report) {}

    /** Registers a box, or moves it to another site. */
    void register(AgentId agent, SiteId site, Instant at);

    List<Stored> list(SiteScope sites);

    Optional<Stored> get(AgentId agent);

    /**
     * Keeps a report; false when the box is not registered.
     *
     * @param seenAt when it was heard; empty leaves that as it is
     */
    boolean report(AgentId agent, DeviceReport report, Optional<Instant> seenAt);

    /** Puts a box into these groups and no other; false when there is none. */
    boolean group(AgentId agent, DeviceGroups groups);

    /** Removes a box; what stood in the way, else {@code REMOVED}. */
    Removal remove(AgentId agent);

    /** Outcomes of a removal. */
    enum Removal {
        REMOVED,
        NOT_THERE,
        HAS_CAMERAS
    }
}
