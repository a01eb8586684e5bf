package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.match.MatchDecision;
import io.facet.match.MatchDecision.Candidate;
import io.facet.model.Box;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.Landmarks;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.Point;
import io.facet.model.Quality;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.detect.FaceDetector;
import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.FaceEmbedder;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.expression.ExpressionClassifier;
import io.facet.vision.image.Image;
import io.facet.vision.landmark.LandmarkPredictor;
import io.facet.vision.liveness.LivenessDetector;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.quality.QualityAssessor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * A film of made-up faces, and the stages and the gallery that see them: what is in a frame is
 * found by the frame's number, which is painted into its first pixels.
 */
final class Scene implements Vision, FaceMatcher {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final long PERIOD = 66_666_667;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int AMBIGUOUS = 4;
    static final EmbeddingSpace SPACE = new EmbeddingSpace("facefacefaceface", 8);

    private final IntFunction<List<Actor>> film;
    final List<Integer> batches = new ArrayList<>();
    boolean still;

    /** Added to every number of every embedding: in some spaces strangers are alike, too. */
    float common;

    /**
     * A face in a frame.
     *
     * @param who 0 to 3 are known to the gallery, 4 looks like 0 as much as like 1, 5 to 7 are
     *     strangers
     * @param confidence of the match, when known
     */
    record Actor(
            int who, float x, float y, float quality, float live, float confidence, float score) {
        static Actor at(int who, double x, double y) {
            return new Actor(who, (float) x, (float) y, 0.8f, 0.9f, 0.8f, 0.9f);
        }

        Actor withQuality(double q) {
            return new Actor(who, x, y, (float) q, live, confidence, score);
        }

        Actor withLive(double l) {
            return new Actor(who, x, y, quality, (float) l, confidence, score);
        }

        Actor withConfidence(double c) {
            return new Actor(who, x, y, quality, live, (float) c, score);
        }

        /** Of the detector; 0.6 begins a track. */
        Actor withScore(double s) {
            return new Actor(who, x, y, quality, live, confidence, (float) s);
        }

        private DetectedFace face() {
            Point p = new Point(x + 20, y + 20);
            return new DetectedFace(new Box(x, y, 40, 40), new Landmarks(p, p, p, p, p), score);
        }
    }

    Scene(IntFunction<List<Actor>> film) {
        this.film = film;
    }

    static PersonId person(int who) {
        return new PersonId(new UUID(7, who));
    }

    /** Paints frame number {@code n}. */
    void paint(FrameBuffer frame, int n) {
        byte[] bgr = frame.prepare(WIDTH, HEIGHT);
        for (int i = 4; i < 3 * WIDTH * HEIGHT && !still; i++) {
            bgr[i] = (byte) ((n % 2 == 0 ? 200 : 20) + noise(i));
        }
        bgr[0] = (byte) n;
        bgr[1] = (byte) (n >> 8);
        frame.stamp(n, START.plusNanos(n * PERIOD), n * PERIOD);
    }

    /** 0 to 7, without a pattern. */
    private static int noise(int i) {
        int mixed = (i + 1) * 0x9E3779B9;
        return ((mixed ^ (mixed >>> 15)) * 0x85EBCA6B) >>> 29;
    }

    private List<Actor> actors(Image image) {
        return film.apply((image.bgr()[0] & 0xff) | (image.bgr()[1] & 0xff) << 8);
    }

    private Actor actor(Image image, DetectedFace face) {
        return actors(image).stream()
                .filter(actor -> actor.face().box().equals(face.box()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public FaceDetector detector() {
        return image -> actors(image).stream().map(Actor::face).toList();
    }

    @Override
    public QualityAssessor quality() {
        return (image, face) -> quality(actor(image, face).quality());
    }

    private static Quality quality(float overall) {
        Quality.Component fine = new Quality.Component("contrast", "Contrast", 1, 0, true, "");
        Quality.Component sharp =
                new Quality.Component(
                        "sharpness", "Sharpness", overall, 0.3f, overall >= 0.3f, "hold still");
        return new Quality(overall, sharp, fine, fine, fine, fine, fine);
    }

    @Override
    public LivenessDetector liveness() {
        return (image, face) -> {
            float score = actor(image, face).live();
            return new Liveness.Performed(score >= 0.5f, score);
        };
    }

    @Override
    public FaceEmbedder embedder() {
        return new FaceEmbedder() {
            @Override
            public EmbeddingSpace space() {
                return SPACE;
            }

            @Override
            public List<Embedding> embed(List<FaceInImage> faces) {
                batches.add(faces.size());
                return faces.stream().map(f -> embedding(actor(f.image(), f.face()))).toList();
            }
        };
    }

    /** One axis per person; the confidence travels in the length of a second axis. */
    private Embedding embedding(Actor actor) {
        float[] values = new float[8];
        Arrays.fill(values, common);
        if (actor.who() == AMBIGUOUS) {
            values[0] += 1;
            values[1] += 1;
        } else {
            values[actor.who()] += 1;
            values[(actor.who() + 1) % 8] += (1 - actor.confidence()) / 4;
        }
        return Embedding.normalised(SPACE, values);
    }

    /** The embedding without what all have in common, which most of its numbers show alone. */
    private float[] apart(Embedding embedding) {
        float[] values = embedding.toArray();
        float least = values[0];
        for (float value : values) {
            least = Math.min(least, value);
        }
        float scale = common == 0 ? 1 : least / common;
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] / scale - common;
        }
        return values;
    }

    @Override
    public MatchDecision match(Embedding probe, float threshold) {
        float[] values = apart(probe);
        int who = 0;
        for (int i = 1; i < values.length; i++) {
            who = values[i] > values[who] ? i : who;
        }
        float confidence = 1 - 4 * values[(who + 1) % 8] / values[who];
        Candidate candidate =
                new Candidate(person(who), new FaceId(new UUID(8, who)), 0.7f, confidence);
        if (Math.min(values[0], values[1]) > 0.5f) {
            return new MatchDecision.Ambiguous(List.of(candidate));
        }
        return who > 4 || confidence < threshold
                ? new MatchDecision.Unknown(List.of())
                : new MatchDecision.Known(candidate, List.of(candidate));
    }

    @Override
    public Optional<String> nameOf(PersonId person) {
        return Optional.of("Person " + person.value().getLeastSignificantBits());
    }

    @Override
    public Optional<ExpressionClassifier> expression() {
        return Optional.empty();
    }

    @Override
    public Optional<LandmarkPredictor> landmarks() {
        return Optional.empty();
    }

    @Override
    public Calibration calibration() {
        return new Calibration(
                List.of(
                        new Calibration.Knot(-1, 0),
                        new Calibration.Knot(common == 0 ? 0 : 0.88f, 0.4f),
                        new Calibration.Knot(common == 0 ? 0.5f : 0.93f, 0.6f),
                        new Calibration.Knot(1, 1)));
    }

    @Override
    public List<FaceOutcome> analyse(Image image, Wanted wanted) {
        throw new UnsupportedOperationException("cameras run the stages one by one");
    }

    @Override
    public void close() {
        // Nothing to free.
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
