package io.facet.hub.cameras;

import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cameras at rest. Thread-safe. */
public interface CameraStore {
    /** A camera and when it was added. */
    record Stored(Camera camera, Instant addedAt) {}

    /** A box's whole list; the revision grows with every change of it. */
    record Desired(long revision, List<Camera> cameras) {
        public Desired {
            cameras = List.copyOf(cameras);
        }
    }

    /** Stores a camera; false when its box has one of this name or source. */
    boolean add(Stored camera);

    /** Replaces name, source and rules; false when its box has another such camera. */
    boolean update(Stored camera);

    List<Stored> list(SiteScope sites);

    Optional<Stored> get(CameraId id, SiteScope sites);

    Optional<Stored> remove(CameraId id, SiteScope sites, Instant at);

    /** What a box shall read. */
    Desired desired(AgentId agent);

    /** Names, also of removed cameras. */
    Map<CameraId, String> names(Collection<CameraId> ids);
}
