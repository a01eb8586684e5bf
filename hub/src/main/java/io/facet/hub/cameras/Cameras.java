package io.facet.hub.cameras;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.cameras.CameraStore.Stored;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraRules;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The camera service over a store. Thread-safe. */
public final class Cameras implements CameraService {
    private final CameraStore store;
    private final CameraStates states;
    private final Agents agents;
    private final CameraListener listener;
    private final Uuid7 ids;
    private final InstantSource clock;
    private final Map<CameraId, Float> thresholds = new ConcurrentHashMap<>();

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
        store.list(SiteScope.ALL).forEach(this::remember);
    }

    private void remember(Stored stored) {
        CameraId id = stored.camera().id();
        stored.camera()
                .rules()
                .threshold()
                .ifPresentOrElse(t -> thresholds.put(id, t), () -> thresholds.remove(id));
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
            throw taken(agent);
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
    public synchronized CameraView update(
            CameraId id, CameraChange change, SiteScope sites, Consumer<CameraView> check) {
        Stored present =
                store.get(id, sites)
                        .orElseThrow(() ->
                                new FacetException(ErrorCode.NOT_FOUND, "there is no such camera"));
        check.accept(view(present));
        Camera before = present.camera();
        Camera camera =
                new Camera(
                        id,
                        change.name().orElse(before.name()),
                        before.site(),
                        before.agent(),
                        change.source().orElse(before.source()),
                        changed(before.rules(), change));
        Stored changed = new Stored(camera, present.addedAt());
        if (!store.update(changed)) {
            throw taken(before.agent());
        }
        remember(changed);
        listener.changed(before.agent());
        return view(changed);
    }

    private static CameraRules changed(CameraRules before, CameraChange change) {
        CameraRules after = change.rules().apply(before);
        return after.equals(before) ? before : after.withRevision(before.revision() + 1);
    }

    @Override
    public Optional<Float> threshold(CameraId id) {
        return Optional.ofNullable(thresholds.get(id));
    }

    private static FacetException taken(AgentId agent) {
        return new FacetException(
                ErrorCode.ALREADY_EXISTS,
                "edge agent "
                        + agent
                        + " has a camera of this name or source; choose another or remove it");
    }

    @Override
    public Optional<CameraView> remove(CameraId id, SiteScope sites) {
        Optional<CameraView> removed = store.remove(id, sites, clock.instant()).map(this::view);
        removed.map(CameraView::camera)
                .ifPresent(camera -> {
                    states.removed(camera);
                    thresholds.remove(camera.id());
                    listener.changed(camera.agent());
                });
        return removed;
    }

    private CameraView view(Stored stored) {
        return new CameraView(stored.camera(), states.of(stored.camera().id()), stored.addedAt());
    }
}
