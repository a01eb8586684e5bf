package io.facet.hub.devices;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The device service over a store. Thread-safe. */
public final class Devices implements DeviceService {
    private final DeviceStore store;
    private final DeviceKeys keys;
    private final Presence presence;
    private final Consumer<AgentId> registered;
    private final InstantSource clock;

    /**
     * Wires the service.
     *
     * @param registered told, after the commit, of every box that was registered
     */
    public Devices(
            DeviceStore store,
            DeviceKeys keys,
            Presence presence,
            Consumer<AgentId> registered,
            InstantSource clock) {
        this.store = store;
        this.registered = registered;
        this.keys = keys;
        this.presence = presence;
        this.clock = clock;
    }

    @Override
    public DeviceKey register(AgentId agent, SiteId site) {
        store.register(agent, site, clock.instant());
        DeviceKey key = new DeviceKey(agent, keys.renew(agent, site));
        registered.accept(agent);
        return key;
    }

    /** Registers a box that has its credential from elsewhere, or moves it to another site. */
    public void enter(AgentId agent, SiteId site) {
        store.register(agent, site, clock.instant());
        registered.accept(agent);
    }

    @Override
    public List<Device> list(SiteScope sites) {
        return store.list(sites).stream().map(this::device).toList();
    }

    @Override
    public Optional<Device> get(AgentId agent, SiteScope sites) {
        return store.get(agent).filter(d -> sites.permits(d.site())).map(this::device);
    }

    @Override
    public Device group(AgentId agent, DeviceGroups groups, SiteScope sites) {
        return get(agent, sites)
                .filter(_ -> store.group(agent, groups))
                .flatMap(_ -> get(agent, sites))
                .orElseThrow(() -> new FacetException(ErrorCode.NOT_FOUND, "there is no such box"));
    }

    @Override
    public boolean remove(AgentId agent, SiteScope sites) {
        if (get(agent, sites).isEmpty()) {
            return false;
        }
        return switch (store.remove(agent)) {
            case REMOVED -> {
                keys.revoke(agent);
                presence.set(agent, false);
                yield true;
            }
            case NOT_THERE -> false;
            case HAS_CAMERAS ->
                    throw new FacetException(
                            ErrorCode.CONFLICT, "the box still has cameras; remove them first");
        };
    }

    /** What became of a report. */
    public enum Taken {
        KEPT,
        /** The box has said something since. */
        OVERTAKEN,
        /** There is no such box. */
        UNKNOWN
    }

    /**
     * Keeps what a box reports.
     *
     * @param fresh said just now; what the broker kept says nothing of when the box was last heard
     */
    public Taken report(AgentId agent, boolean online, DeviceReport report, boolean fresh) {
        Optional<DeviceReport> last = store.get(agent).flatMap(DeviceStore.Stored::report);
        if (last.filter(report::isBefore).isPresent()) {
            return Taken.OVERTAKEN;
        }
        Optional<Instant> seen = fresh ? Optional.of(clock.instant()) : Optional.empty();
        if (!store.report(agent, report, seen)) {
            return Taken.UNKNOWN;
        }
        presence.set(agent, online);
        return Taken.KEPT;
    }

    /** A box went without a word on how it was; its last report stays. */
    public void gone(AgentId agent) {
        presence.set(agent, false);
    }

    private Device device(DeviceStore.Stored stored) {
        return new Device(
                stored.agent(),
                stored.site(),
                stored.registeredAt(),
                presence.isOnline(stored.agent()),
                stored.lastSeen(),
                stored.groups(),
                stored.report());
    }
}
