package io.facet.hub.recognition;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.people.Pictures;
import io.facet.hub.search.MasterIndex;
import io.facet.match.MatchDecision;
import io.facet.model.Embedding;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/** Face analysis by the hub's own networks and index. Thread-safe. */
public final class FaceAnalyses implements FaceAnalysis {
    /** A face of at least this share of the main one's area is not in the background. */
    private static final float BESIDE = 1 / 3f;

    private final Vision vision;
    private final Pictures pictures;
    private final MasterIndex index;
    private final Supplier<FacetConfig.Recognition> config;
    private final LivenessSessions sessions;

    public FaceAnalyses(
            Vision vision,
            Pictures pictures,
            MasterIndex index,
            Supplier<FacetConfig.Recognition> config,
            InstantSource clock) {
        this.vision = vision;
        this.pictures = pictures;
        this.index = index;
        this.config = config;
        this.sessions = new LivenessSessions(clock, config.get().livenessThreshold());
    }

    @Override
    public Detected detect(byte[] file) {
        Image image = pictures.decode(file);
        return new Detected(image.width(), image.height(), vision.detector().detect(image));
    }

    @Override
    public Measured quality(byte[] file) {
        Image image = pictures.decode(file);
        return new Measured(
                image.width(),
                image.height(),
                vision.detector().detect(image).stream()
                        .map(face -> new MeasuredFace(face, vision.quality().assess(image, face)))
                        .toList());
    }

    @Override
    public LivenessCheck liveness(byte[] file, Optional<Session> session) {
        Image image = pictures.decode(file);
        DetectedFace face = main(vision.detector().detect(image), Function.identity());
        Liveness liveness = vision.liveness().check(image, face);
        Optional<SessionScore> soFar =
                liveness instanceof Liveness.Performed performed
                        ? session.map(s -> sessions.add(s, performed.score()))
                        : session.flatMap(sessions::get);
        return new LivenessCheck(image.width(), image.height(), face, liveness, soFar);
    }

    @Override
    public Verification verify(byte[] probe, byte[] reference, OptionalDouble threshold) {
        float wanted = threshold(threshold);
        FaceOutcome outcome = mainOutcome(probe, true);
        return verified(
                outcome,
                wanted,
                embedding -> {
                    float similarity = embedding.similarity(reference(reference));
                    return new Likeness(
                            vision.calibration().confidence(similarity),
                            similarity,
                            Optional.empty());
                });
    }

    private Embedding reference(byte[] file) {
        return switch (mainOutcome(file, false)) {
            case FaceOutcome.Ready ready -> ready.embedding();
            case FaceOutcome.TooPoor _, FaceOutcome.Spoof _ ->
                    throw new IllegalStateException("no check was asked for");
        };
    }

    @Override
    public Verification verify(byte[] probe, PersonId person, OptionalDouble threshold) {
        float wanted = threshold(threshold);
        FaceOutcome outcome = mainOutcome(probe, true);
        return verified(
                outcome,
                wanted,
                embedding -> {
                    MatchDecision.Candidate best =
                            index.compare(embedding, person, wanted)
                                    .orElseThrow(() ->
                                            new FacetException(
                                                    ErrorCode.NOT_FOUND,
                                                    "there is no such person with a face"));
                    return new Likeness(
                            best.confidence(), best.similarity(), Optional.of(best.face()));
                });
    }

    private Verification verified(
            FaceOutcome probe, float threshold, Function<Embedding, Likeness> compare) {
        return switch (probe) {
            case FaceOutcome.Ready ready -> {
                Likeness likeness = compare.apply(ready.embedding());
                yield new Verification(
                        likeness.confidence() >= threshold ? Verdict.MATCH : Verdict.NO_MATCH,
                        Optional.of(likeness),
                        threshold,
                        ready.face(),
                        ready.quality(),
                        ready.liveness());
            }
            case FaceOutcome.Spoof spoof ->
                    new Verification(
                            Verdict.SPOOF,
                            Optional.empty(),
                            threshold,
                            spoof.face(),
                            spoof.quality(),
                            spoof.liveness());
            case FaceOutcome.TooPoor _ ->
                    throw new IllegalStateException("quality was not asked to decide");
        };
    }

    private FaceOutcome mainOutcome(byte[] file, boolean liveness) {
        Image image = pictures.decode(file);
        return main(
                vision.analyse(image, new Vision.Wanted(false, liveness, false)),
                FaceOutcome::face);
    }

    private float threshold(OptionalDouble asked) {
        double threshold = asked.orElse(config.get().threshold());
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "threshold is 0 to 1");
        }
        return (float) threshold;
    }

    /** The largest face, when no other is nearly as large. */
    private static <T> T main(List<T> faces, Function<T, DetectedFace> face) {
        List<T> largest =
                faces.stream()
                        .sorted(Comparator.comparingDouble((T f) -> -area(face.apply(f))))
                        .toList();
        if (largest.isEmpty()) {
            throw new FacetException(
                    ErrorCode.NO_FACE,
                    "no face was found; use a picture with one face, seen from the front");
        }
        if (largest.size() > 1
                && area(face.apply(largest.get(1)))
                        >= area(face.apply(largest.getFirst())) * BESIDE) {
            throw new FacetException(
                    ErrorCode.SEVERAL_FACES,
                    faces.size() + " faces were found; cut the picture to one");
        }
        return largest.getFirst();
    }

    private static float area(DetectedFace face) {
        return face.box().area();
    }
}
