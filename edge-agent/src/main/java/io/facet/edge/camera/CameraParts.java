package io.facet.edge.camera;

import io.facet.edge.capture.SourceFactory;
import io.facet.edge.clip.ClipStudio;
import io.facet.edge.outbox.EventSink;
import io.facet.model.TrackId;
import io.facet.vision.pipeline.Vision;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all cameras of a box share; every part is thread-safe.
 *
 * @param clips where films around events are made; empty where none are
 */
public record CameraParts(
        SourceFactory sources,
        Vision vision,
        FaceMatcher matcher,
        EventSink sink,
        InstantSource clock,
        Supplier<TrackId> trackIds,
        Turns turns,
        Optional<ClipStudio> clips) {
    /** Those of cameras without films. */
    public CameraParts(
            SourceFactory sources,
            Vision vision,
            FaceMatcher matcher,
            EventSink sink,
            InstantSource clock,
            Supplier<TrackId> trackIds,
            Turns turns) {
        this(sources, vision, matcher, sink, clock, trackIds, turns, Optional.empty());
    }

    /** The same with events going elsewhere. */
    CameraParts withSink(EventSink other) {
        return new CameraParts(sources, vision, matcher, other, clock, trackIds, turns, clips);
    }
}
