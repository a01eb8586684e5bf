package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.liveness.TrackLiveness;
import io.facet.match.MatchDecision.Candidate;
import io.facet.model.Embedding;
import io.facet.model.Liveness;
import io.facet.model.TrackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one visit of one face. Belongs to its camera's analysis thread. */
final class Visit {
    /** Looks in quick succession before a face is left to the usual interval. */
    private static final int EARLY_LOOKS = 3;

    private static final int ASSESSMENTS_PER_INTERVAL = 4;
    private static final float MUCH_BETTER = 1.2f;

    /** How much longer who has a name waits while the box is pressed. */
    private static final int PATIENCE = 3;

    private final JudgeSettings settings;
    private final float threshold;
    private final BestShot best = new BestShot();
    private final Vote vote;
    private final TrackLiveness liveness;
    private TrackId reportedAs;
    private int framesSeen;
    private int looks;
    private long lastAssessed;
    private long lastLook;
    private float bestLook;
    private @Nullable Instant firstGoodAt;
    private Duration firstGoodMonotonic = Duration.ZERO;
    private @Nullable Embedding template;
    private @Nullable Fusion fusion;
    private @Nullable Embedding stray;
    private Optional<Candidate> reported = Optional.empty();
    private boolean everReported;
    private boolean doubted;

    /**
     * A visit that begins.
     *
     * @param threshold the confidence that a match of it needs
     */
    Visit(TrackId track, JudgeSettings settings, float threshold) {
        this.threshold = threshold;
        this.reportedAs = track;
        this.settings = settings;
        this.vote = new Vote(threshold);
        this.liveness = new TrackLiveness(settings.livenessThreshold());
    }

    void seen() {
        framesSeen++;
    }

    /** Whether the quality of this frame's face is worth measuring. */
    boolean wantsAssessment(long nanos, boolean pressed) {
        return isEarly() || nanos - lastAssessed >= interval(pressed) / ASSESSMENTS_PER_INTERVAL;
    }

    private long interval(boolean pressed) {
        long usual = settings.recognitionInterval().toNanos();
        return pressed && reported.isPresent() ? PATIENCE * usual : usual;
    }

    /** Whether this face still waits for its first looks. */
    boolean isEarly() {
        return reported.isEmpty() && looks < Math.max(EARLY_LOOKS, settings.minVotes());
    }

    void assessed(long nanos) {
        lastAssessed = nanos;
    }

    /** The frame's face is within the quality limits. */
    void good(FrameBuffer frame) {
        if (firstGoodAt == null) {
            firstGoodAt = frame.capturedAt();
            firstGoodMonotonic = Duration.ofNanos(frame.monotonicNanos());
        }
    }

    /**
     * Whether to ask who it is: at once at first, then every interval.
     *
     * @param pressed whether a face that has its name shall wait for longer
     */
    boolean wantsLook(long nanos, float quality, boolean pressed) {
        boolean better = reported.isEmpty() && quality > bestLook * MUCH_BETTER;
        return isEarly() || stray != null || better || nanos - lastLook >= interval(pressed);
    }

    void looked(long nanos, float quality) {
        looks++;
        lastLook = nanos;
        bestLook = Math.max(bestLook, quality);
    }

    float threshold() {
        return threshold;
    }

    BestShot best() {
        return best;
    }

    Vote vote() {
        return vote;
    }

    TrackLiveness liveness() {
        return liveness;
    }

    TrackId reportedAs() {
        return reportedAs;
    }

    int framesSeen() {
        return framesSeen;
    }

    Instant firstGoodAt() {
        return firstGoodAt == null ? best.capturedAt() : firstGoodAt;
    }

    Duration firstGoodMonotonic() {
        return firstGoodMonotonic;
    }

    /** The embedding of all looks together; empty before the first. */
    Optional<Embedding> template() {
        return Optional.ofNullable(template);
    }

    /** Takes a look's embedding into account; the visit's own with it. */
    Embedding fuse(Embedding embedding, float quality) {
        Fusion all = fusion;
        if (all == null) {
            all = new Fusion(embedding.space());
            fusion = all;
        }
        Embedding fused = all.add(embedding, quality);
        template = fused;
        return fused;
    }

    /** A look that was quite unlike the others, waiting for a second one. */
    Optional<Embedding> stray() {
        return Optional.ofNullable(stray);
    }

    void setStray(Optional<Embedding> embedding) {
        stray = embedding.orElse(null);
    }

    /** Who the visit was last reported to be; empty before, and after a retraction. */
    Optional<Candidate> reported() {
        return reported;
    }

    boolean everReported() {
        return everReported;
    }

    void report(Candidate candidate) {
        reported = Optional.of(candidate);
        everReported = true;
        doubted = isDoubted();
    }

    /** Whether what was said of the person's being there is no longer so. */
    boolean isLivenessNews() {
        return doubted != isDoubted();
    }

    private boolean isDoubted() {
        return liveness.verdict() instanceof Liveness.Performed performed && !performed.passed();
    }

    void retract() {
        reported = Optional.empty();
    }

    /** Goes on with a visit of the same person that was out of sight. */
    void continueFrom(Visit earlier) {
        reportedAs = earlier.reportedAs;
        reported = earlier.reported;
        everReported = true;
        doubted = earlier.doubted;
        framesSeen += earlier.framesSeen;
    }
}
