package io.facet.edge.capture;

import io.facet.model.CameraSource;

/** Knows how to open what a camera's source says. Thread-safe. */
@FunctionalInterface
public interface SourceFactory {
    /**
     * An opener of the pictures; opens nothing yet.
     *
     * @throws io.facet.error.FacetException when no such source can be read; says what to do
     */
    FrameSource.Opener opener(CameraSource source, CaptureOptions options);
}
