package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.outbox.EventSink;
import io.facet.edge.outbox.Moment;
import io.facet.match.MatchDecision.Candidate;
import io.facet.model.Camera;
import io.facet.model.Embedding;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceEvent.Sighting;
import io.facet.vision.image.JpegEncoder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes events of decisions about visits. One thread. */
final class VisitReporter {
    private static final float JPEG_QUALITY = 0.85f;
    private static final int CROP_SIDE = 320;

    private final Camera camera;
    private final EventSink sink;
    private final JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY, CROP_SIDE);

    VisitReporter(Camera camera, EventSink sink) {
        this.camera = camera;
        this.sink = sink;
    }

    /** Dated to the first good look, from which the time-to-name counts. */
    void recognised(Visit visit, Candidate candidate) {
        Identity identity = identity(visit, candidate);
        Sighting sighting = sighting(visit, null);
        sink.record(
                moment(visit.firstGoodAt(), visit.firstGoodMonotonic()),
                header -> new FaceEvent.Recognised(header, visit.reportedAs(), identity, sighting));
    }

    void updated(Visit visit, Candidate candidate, FrameBuffer frame) {
        Identity identity = identity(visit, candidate);
        Sighting sighting = sighting(visit, null);
        sink.record(
                moment(frame),
                header ->
                        new FaceEvent.RecognitionUpdated(
                                header, visit.reportedAs(), identity, sighting));
    }

    void retracted(Visit visit, String reason, FrameBuffer frame) {
        sink.record(
                moment(frame),
                header -> new FaceEvent.RecognitionRetracted(header, visit.reportedAs(), reason));
    }

    /** Dated to the best look; with the embedding, so that the hub can search further. */
    void unknown(Visit visit) {
        Sighting sighting = sighting(visit, visit.template().orElse(null));
        sink.record(
                moment(visit.best().capturedAt(), visit.best().monotonic()),
                header -> new FaceEvent.UnknownSeen(header, visit.reportedAs(), sighting));
    }

    private static Identity identity(Visit visit, Candidate candidate) {
        return new Identity(
                candidate.person(),
                candidate.face(),
                candidate.confidence(),
                candidate.similarity(),
                visit.threshold());
    }

    private Sighting sighting(Visit visit, @Nullable Embedding embedding) {
        BestShot best = visit.best();
        return new Sighting(
                best.box(),
                best.frameWidth(),
                best.frameHeight(),
                best.quality(),
                visit.liveness().verdict(),
                best.expressions(),
                best.jpeg(encoder),
                embedding,
                visit.framesSeen());
    }

    private Moment moment(FrameBuffer frame) {
        return moment(frame.capturedAt(), Duration.ofNanos(frame.monotonicNanos()));
    }

    private Moment moment(Instant at, Duration monotonic) {
        return new Moment(camera.id(), camera.site(), at, monotonic, false);
    }
}
