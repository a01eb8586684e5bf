package io.facet.hub.cameras;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.cameras.CameraStore.Stored;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The camera service over a store. Thread-safe. */
public final class Cameras implements CameraService {
    private final CameraStore store;
    private final CameraStates states;
    private final Agents agents;
    private final CameraListener listener;
    private final Uuid7 ids;
    private final InstantSource clock;

    public Cameras(
            CameraStore store,
            CameraStates states,
            Agents agents,
            CameraListener listener,
            Uuid7 ids,
            InstantSource clock) {
        this.store = store;
        this.states = states;
        this.agents = agents;
        this.listener = listener;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public CameraView add(NewCamera wanted, SiteScope sites) {
        Map<AgentId, SiteId> boxes = agents.registered();
        AgentId agent = wanted.agent().orElseGet(() -> theOnlyOne(boxes));
        SiteId site = boxes.get(agent);
        if (site == null) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "no edge agent " + agent + " is registered; register it first");
        }
        if (!sites.permits(site)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED, "edge agent " + agent + " is of another site");
        }
        Camera camera =
                new Camera(new CameraId(ids.next()), wanted.name(), site, agent, wanted.source());
        Stored stored = new Stored(camera, clock.instant());
        if (!store.add(stored)) {
            throw new FacetException(
                    ErrorCode.ALREADY_EXISTS,
                    "edge agent "
                            + agent
                            + " has a camera of this name or source; choose another or remove it");
        }
        listener.changed(agent);
        return view(stored);
    }

    private static AgentId theOnlyOne(Map<AgentId, SiteId> boxes) {
        if (boxes.size() != 1) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    boxes.isEmpty()
                            ? "no edge agent is registered; register one first"
                            : "there are several edge agents; name one by agent_id");
        }
        return boxes.keySet().iterator().next();
    }

    @Override
    public List<CameraView> list(SiteScope sites) {
        return store.list(sites).stream().map(this::view).toList();
    }

    @Override
    public Optional<CameraView> get(CameraId id, SiteScope sites) {
        return store.get(id, sites).map(this::view);
    }

    @Override
    public Optional<CameraView> remove(CameraId id, SiteScope sites) {
        Optional<CameraView> removed = store.remove(id, sites, clock.instant()).map(this::view);
        removed.map(CameraView::camera)
                .ifPresent(camera -> {
                    states.removed(camera);
                    listener.changed(camera.agent());
                });
        return removed;
    }

    private CameraView view(Stored stored) {
        return new CameraView(stored.camera(), states.of(stored.camera().id()), stored.addedAt());
    }
}
