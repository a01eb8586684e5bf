package io.facet.edge.camera;

import io.facet.edge.capture.SourceFactory;
import io.facet.edge.outbox.EventSink;
import io.facet.model.TrackId;
import io.facet.vision.pipeline.Vision;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What all cameras of a box share; every part is thread-safe. */
public record CameraParts(
        SourceFactory sources,
        Vision vision,
        FaceMatcher matcher,
        EventSink sink,
        InstantSource clock,
        Supplier<TrackId> trackIds,
        Turns turns) {}
