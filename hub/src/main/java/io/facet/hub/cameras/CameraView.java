package io.facet.hub.cameras;

import io.facet.model.Camera;
import java.time.Instant;

/** A camera and how it does. */
public record CameraView(Camera camera, CameraState state, Instant addedAt) {}
