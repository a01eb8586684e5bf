package io.facet.hub.ingest;

import io.facet.hub.cameras.CameraStore;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No cameras. */
final class NoCameras implements CameraStore {
    @Override
    public Desired desired(AgentId agent) {
        return new Desired(1, List.of());
    }

    @Override
    public boolean add(Stored camera) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean update(Stored camera) {
        return false;
    }

    @Override
    public List<Stored> list(SiteScope sites) {
        return List.of();
    }

    @Override
    public Optional<Stored> get(CameraId id, SiteScope sites) {
        return Optional.empty();
    }

    @Override
    public Optional<Stored> remove(CameraId id, SiteScope sites, Instant at) {
        return Optional.empty();
    }

    @Override
    public Map<CameraId, String> names(Collection<CameraId> ids) {
        return Map.of();
    }
}
