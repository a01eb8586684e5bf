package io.facet.hub.devices;

import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.time.Instant;
import java.util.Optional;

/**
 * An edge box as the hub knows it; {@code report} is the last one of this or an earlier hub run.
 */
public record Device(
        AgentId agent,
        SiteId site,
        Instant registeredAt,
        boolean online,
        Optional<Instant> lastSeen,
        DeviceGroups groups,
        Optional<DeviceReport> report) {}
