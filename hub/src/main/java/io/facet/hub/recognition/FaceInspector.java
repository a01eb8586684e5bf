package io.facet.hub.recognition;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.people.PeopleStore;
import io.facet.hub.people.Pictures;
import io.facet.hub.search.MasterIndex;
import io.facet.match.MatchDecision;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The checks over the stages of one model pack. Thread-safe. */
public final class FaceInspector implements FaceChecks {
    private static final Vision.Wanted PROBE = new Vision.Wanted(false, true, false);
    private static final Vision.Wanted REFERENCE = new Vision.Wanted(false, false, false);

    private final Vision vision;
    private final Pictures pictures;
    private final MasterIndex index;
    private final PeopleStore people;
    private final FacetConfig.Recognition config;
    private final LivenessSessions sessions;

    public FaceInspector(
            Vision vision,
            Pictures pictures,
            MasterIndex index,
            PeopleStore people,
            FacetConfig.Recognition config,
            InstantSource clock) {
        this.vision = vision;
        this.pictures = pictures;
        this.index = index;
        this.people = people;
        this.config = config;
        this.sessions = new LivenessSessions(clock);
    }

    @Override
    public Detections detect(byte[] file) {
        Image image = pictures.decode(file);
        List<Detections.Found> faces =
                vision.detector().detect(image).stream()
                        .map(f -> new Detections.Found(f, vision.quality().assess(image, f)))
                        .toList();
        return new Detections(image.width(), image.height(), faces);
    }

    @Override
    public QualityCheck quality(byte[] file) {
        Image image = pictures.decode(file);
        List<DetectedFace> faces = vision.detector().detect(image);
        DetectedFace face = MainFace.largest(faces, DetectedFace::box);
        return new QualityCheck(vision.quality().assess(image, face), face.box(), faces.size());
    }

    @Override
    public LivenessCheck liveness(byte[] file, Optional<Session> session) {
        Image image = pictures.decode(file);
        DetectedFace face = MainFace.only(vision.detector().detect(image), DetectedFace::box);
        Liveness picture = vision.liveness().check(image, face);
        Optional<Float> own =
                picture instanceof Liveness.Performed performed
                        ? Optional.of(performed.score())
                        : Optional.empty();
        Optional<Standing> standing =
                session.flatMap(s ->
                        own.map(score -> sessions.add(s, score)).or(() -> sessions.standing(s)));
        Optional<Float> score = standing.map(Standing::mean).or(() -> own);
        boolean live = score.filter(s -> s >= config.livenessThreshold()).isPresent();
        return new LivenessCheck(score, live, picture, standing, face.box());
    }

    @Override
    public Verification verify(byte[] file, Reference reference, OptionalDouble asked) {
        float threshold = threshold(asked);
        if (reference instanceof Reference.OfPerson(PersonId person)) {
            mustExist(person);
        }
        FaceOutcome.Ready probe = face(file, PROBE);
        Nearness near =
                switch (reference) {
                    case Reference.Picture other -> near(probe, face(other.image(), REFERENCE));
                    case Reference.OfPerson(PersonId person) -> near(probe, person, threshold);
                };
        return new Verification(
                near.confidence() >= threshold,
                near.confidence(),
                near.similarity(),
                threshold,
                near.match().map(MatchDecision.Candidate::face),
                probe.quality(),
                probe.liveness());
    }

    private record Nearness(
            float similarity, float confidence, Optional<MatchDecision.Candidate> match) {}

    private Nearness near(FaceOutcome.Ready probe, FaceOutcome.Ready other) {
        float similarity = probe.embedding().similarity(other.embedding());
        return new Nearness(
                similarity, vision.calibration().confidence(similarity), Optional.empty());
    }

    private Nearness near(FaceOutcome.Ready probe, PersonId person, float threshold) {
        MatchDecision.Candidate best =
                index.compare(probe.embedding(), person, threshold)
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.NOT_FOUND,
                                        "person " + person + " has no face to compare with"));
        return new Nearness(best.similarity(), best.confidence(), Optional.of(best));
    }

    private FaceOutcome.Ready face(byte[] file, Vision.Wanted wanted) {
        Image image = pictures.decode(file);
        return switch (MainFace.only(vision.analyse(image, wanted), f -> f.face().box())) {
            case FaceOutcome.Ready ready -> ready;
            case FaceOutcome.Spoof _ ->
                    throw new FacetException(
                            ErrorCode.LIVENESS_FAILED,
                            "the face is not of someone present; show the person, not a picture");
            case FaceOutcome.TooPoor _ ->
                    throw new FacetException(
                            ErrorCode.QUALITY_TOO_LOW, "the face is too poor to compare");
        };
    }

    private void mustExist(PersonId person) {
        if (people.person(person).isEmpty()) {
            throw new FacetException(ErrorCode.NOT_FOUND, "there is no person " + person);
        }
    }

    private float threshold(OptionalDouble asked) {
        double threshold = asked.orElse(config.threshold());
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "threshold is 0 to 1");
        }
        return (float) threshold;
    }
}
