package io.facet.hub.cameras;

import io.facet.model.CameraId;
import io.facet.model.SiteScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Cameras. A change that returned is stored and on its way to the box. Thread-safe. */
public interface CameraService {
    /**
     * Adds a camera; its site is its box's.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND} for an unknown box, {@code
     *     INVALID_ARGUMENT} when none was named and there is not exactly one, {@code
     *     ALREADY_EXISTS} when the box has a camera of this name or source, {@code
     *     PERMISSION_DENIED} when the box is of another site
     */
    CameraView add(NewCamera camera, SiteScope sites);

    /** In the order they were added. */
    List<CameraView> list(SiteScope sites);

    Optional<CameraView> get(CameraId id, SiteScope sites);

    /**
     * Changes name, source or rules.
     *
     * @param check sees the present state, and throws to keep it
     * @throws io.facet.error.FacetException {@code NOT_FOUND}; {@code ALREADY_EXISTS} when its box
     *     has another camera of this name or source
     */
    CameraView update(
            CameraId id, CameraChange change, SiteScope sites, Consumer<CameraView> check);

    /** A camera's own threshold; answers from memory. */
    Optional<Float> threshold(CameraId id);

    /** The camera removed; empty when there was none. Its events stay. */
    Optional<CameraView> remove(CameraId id, SiteScope sites);
}
