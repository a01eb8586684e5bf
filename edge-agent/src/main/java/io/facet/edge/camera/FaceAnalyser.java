package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.liveness.LivenessTools;
import io.facet.edge.track.Track;
import io.facet.edge.track.Tracker;
import io.facet.match.MatchDecision.Candidate;
import io.facet.model.Camera;
import io.facet.model.CameraRules;
import io.facet.model.Embedding;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.model.TrackId;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.Vision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a camera does with a frame: motion gate, detection, tracks, then for each face in sight
 * quality and, when it is time for a look, liveness, embedding and match. The faces of a frame are
 * embedded together. Belongs to the camera's analysis thread.
 */
final class FaceAnalyser {
    // Confidences, on every pack's scale: one impostor pair in a thousand lies above the first,
    // a few in a hundred above the second.
    private static final float ALIKE = 0.6f;
    private static final float STRANGE = 0.45f;

    private final Vision vision;
    private final FaceMatcher matcher;
    private final MotionGate gate;
    private final Tracker tracker;
    private final JudgeSettings settings;
    private final VisitJudge judge;
    private final float alikeCosine;
    private final float strangeCosine;
    private final CameraCounters counters;
    private final Map<TrackId, Visit> visits = new HashMap<>();
    private final List<Look> looks = new ArrayList<>();
    private final List<FaceInImage> batch = new ArrayList<>();
    private final List<Visit> hidden = new ArrayList<>();
    private final LivenessTools livenessTools = new LivenessTools();
    private CameraRules rules;
    private boolean pressed;
    private long elsewhere;

    private record Look(Track track, Visit visit, float quality) {}

    FaceAnalyser(
            Camera camera, CameraParts parts, CameraSettings settings, CameraCounters counters) {
        this.vision = parts.vision();
        this.matcher = parts.matcher();
        this.gate = new MotionGate(settings.motionThreshold());
        this.tracker = new Tracker(settings.tracking(), parts.trackIds());
        this.settings = settings.judging();
        this.rules = camera.rules();
        this.alikeCosine = vision.calibration().cosine(ALIKE);
        this.strangeCosine = vision.calibration().cosine(STRANGE);
        this.counters = counters;
        this.judge =
                new VisitJudge(this.settings, new VisitReporter(camera, parts.sink()), counters);
    }

    /** Whether a frame is worth searching: something moves, or somebody is there. */
    boolean wants(FrameBuffer frame) {
        boolean moves = gate.opens(frame.image(), frame.monotonicNanos());
        return moves || !tracker.tracks().isEmpty();
    }

    /** Whether somebody is in sight who has had no chance of a name yet. */
    boolean isUrgent() {
        for (Track track : tracker.tracks()) {
            Visit visit = visits.get(track.id());
            if (visit == null || visit.isEarly()) {
                return true;
            }
        }
        return false;
    }

    /** Nanoseconds that other threads have worked for this camera so far. */
    long elsewhere() {
        return elsewhere;
    }

    /**
     * Looks at a frame; reports what it finds.
     *
     * @param rules which faces count, and the threshold of visits that begin now
     * @param pressed whether further looks at people who have their name shall wait
     */
    void search(FrameBuffer frame, CameraRules rules, boolean pressed) {
        long nanos = frame.monotonicNanos();
        this.rules = rules;
        this.pressed = pressed;
        counters.framesAnalysed.increment();
        tracker.update(detect(frame.image()), nanos);
        tracker.ended().forEach(this::finish);
        for (Track track : tracker.tracks()) {
            if (track.confirmed()) {
                consider(frame, track, nanos);
            }
        }
        look(frame, nanos);
    }

    private List<DetectedFace> detect(Image image) {
        List<DetectedFace> faces = vision.detector().detect(image);
        counters.detections.add(faces.size());
        List<DetectedFace> kept = new ArrayList<>(faces.size());
        for (DetectedFace face : faces) {
            rules.ignores(face.box(), image.width(), image.height())
                    .ifPresentOrElse(why -> counters.ignoredFace(why.key()), () -> kept.add(face));
        }
        return kept;
    }

    private void consider(FrameBuffer frame, Track track, long nanos) {
        Visit visit = visits.get(track.id());
        if (visit == null) {
            visit = begin(track);
        }
        if (!track.seenNow()) {
            return;
        }
        visit.seen();
        if (visit.wantsAssessment(nanos, pressed)) {
            visit.assessed(nanos);
            assess(frame, track, visit, nanos);
        }
    }

    private Visit begin(Track track) {
        counters.tracks.increment();
        Visit visit =
                new Visit(track.id(), settings, rules.threshold().orElse(settings.threshold()));
        visits.put(track.id(), visit);
        return visit;
    }

    private void assess(FrameBuffer frame, Track track, Visit visit, long nanos) {
        Image image = frame.image();
        Quality quality = vision.quality().assess(image, track.face());
        if (!quality.passed()) {
            quality.failures().forEach(counters::qualityFailure);
            return;
        }
        visit.good(frame);
        visit.liveness().glance(livenessTools, image, track.face(), nanos);
        if (visit.best().offer(frame, track.face(), quality.overall())) {
            vision.expression()
                    .ifPresent(e -> visit.best().expressions(e.classify(image, track.face())));
        }
        if (visit.wantsLook(nanos, quality.overall(), pressed)) {
            visit.looked(nanos, quality.overall());
            counters.looks.increment();
            checkLiveness(visit, image, track.face());
            if (visit.liveness().failed()) {
                judge.spoofed(visit, frame);
            } else {
                looks.add(new Look(track, visit, quality.overall()));
            }
        }
    }

    private void checkLiveness(Visit visit, Image image, DetectedFace face) {
        visit.liveness().look(livenessTools, image, face, vision.liveness().check(image, face));
    }

    private void look(FrameBuffer frame, long nanos) {
        if (looks.isEmpty()) {
            return;
        }
        for (Look look : looks) {
            batch.add(new FaceInImage(frame.image(), look.track().face()));
        }
        try {
            List<Embedding> embeddings = embed();
            for (int i = 0; i < embeddings.size(); i++) {
                take(looks.get(i), embeddings.get(i), frame, nanos);
            }
        } finally {
            looks.clear();
            batch.clear();
        }
    }

    private List<Embedding> embed() {
        long before = System.nanoTime();
        try {
            return vision.embedder().embed(batch);
        } finally {
            elsewhere += System.nanoTime() - before;
        }
    }

    private void take(Look look, Embedding embedding, FrameBuffer frame, long nanos) {
        Visit visit = look.visit();
        if (isStray(visit, embedding)) {
            Optional<Embedding> before = visit.stray();
            if (before.isEmpty() || before.get().similarity(embedding) < alikeCosine) {
                // One odd look decides nothing; a second one like it does.
                visit.setStray(Optional.of(embedding));
                return;
            }
            visit = split(look, frame, nanos);
        }
        visit.setStray(Optional.empty());
        Embedding fused = visit.fuse(embedding, look.quality());
        gatherHidden();
        judge.take(visit, matcher.match(fused, visit.threshold()), look.quality(), frame, hidden)
                .ifPresent(this::forget);
    }

    /** Quite unlike the visit's looks so far: as most strangers are. */
    private boolean isStray(Visit visit, Embedding embedding) {
        return visit.template()
                .map(known -> known.similarity(embedding) < strangeCosine)
                .orElse(false);
    }

    /** The tracker went over from one person to another: two visits. */
    private Visit split(Look look, FrameBuffer frame, long nanos) {
        finish(look.track());
        Track fresh = tracker.split(look.track());
        Visit visit = begin(fresh);
        visit.seen();
        visit.good(frame);
        visit.best().offer(frame, fresh.face(), look.quality());
        visit.looked(nanos, look.quality());
        checkLiveness(visit, frame.image(), fresh.face());
        return visit;
    }

    /** Named visits out of sight, which a new track may turn out to continue. */
    private void gatherHidden() {
        hidden.clear();
        for (Track track : tracker.tracks()) {
            Visit visit = visits.get(track.id());
            if (visit != null && !track.seenNow() && visit.reported().isPresent()) {
                hidden.add(visit);
            }
        }
    }

    /** The hidden track of a visit that another track now continues. */
    private void forget(TrackId reportedAs) {
        for (Track track : List.copyOf(tracker.tracks())) {
            Visit visit = visits.get(track.id());
            if (visit != null && !track.seenNow() && visit.reportedAs().equals(reportedAs)) {
                tracker.remove(track);
                visits.remove(track.id());
            }
        }
    }

    private void finish(Track track) {
        Visit visit = visits.remove(track.id());
        if (visit != null) {
            judge.over(visit);
        }
    }

    /** No more frames for now: every visit is over. */
    void silence() {
        tracker.endAll();
        tracker.ended().forEach(this::finish);
    }

    /** The faces in sight, for a live picture; allocates. */
    List<LiveView.Face> inSight() {
        List<LiveView.Face> faces = new ArrayList<>();
        for (Track track : tracker.tracks()) {
            Visit visit = visits.get(track.id());
            if (visit != null && track.seenNow()) {
                faces.add(face(track, visit));
            }
        }
        return faces;
    }

    private LiveView.Face face(Track track, Visit visit) {
        Optional<PersonId> person = visit.reported().map(Candidate::person);
        return new LiveView.Face(
                track.box(),
                visit.reportedAs(),
                person,
                person.flatMap(matcher::nameOf).orElse(""),
                visit.reported().map(Candidate::confidence).orElse(0f));
    }
}
