package io.facet.hub.ingest;

import io.facet.config.Secret;
import io.facet.hub.devices.DeviceGroups;
import io.facet.hub.devices.DeviceKeys;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.DeviceStore;
import io.facet.hub.events.EventPage;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.EventService;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.events.StoredEvent;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.Jpeg;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A hub's stores as the inboxes see them: one registered box, events counted. */
final class OneBox implements EventService, DeviceStore, DeviceKeys {
    private final AgentId box;
    private int stored;

    OneBox(AgentId box) {
        this.box = box;
    }

    int stored() {
        return stored;
    }

    @Override
    public int ingest(List<ReceivedEvent> events) {
        stored += events.size();
        return events.size();
    }

    @Override
    public boolean report(AgentId agent, DeviceReport report, Optional<Instant> seenAt) {
        return agent.equals(box);
    }

    @Override
    public EventPage page(EventQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredEvent> find(EventId id, SiteScope sites) {
        return Optional.empty();
    }

    @Override
    public Optional<Jpeg> crop(EventId id, SiteScope sites) {
        return Optional.empty();
    }

    @Override
    public void register(AgentId agent, SiteId site, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Stored> list(SiteScope sites) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Stored> get(AgentId agent) {
        return Optional.empty();
    }

    @Override
    public boolean group(AgentId agent, DeviceGroups groups) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Removal remove(AgentId agent) {
        return Removal.NOT_THERE;
    }

    @Override
    public Secret renew(AgentId agent, SiteId site) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void revoke(AgentId agent) {
        throw new UnsupportedOperationException();
    }
}
