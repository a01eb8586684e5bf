package io.facet.hub.testing;

import io.facet.model.Box;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.Landmarks;
import io.facet.model.Liveness;
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
import io.facet.vision.pipeline.StageObserver;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.quality.QualityAssessor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sees in {@link FakePictures} what they say; a face's embedding is made of its colour. */
public final class FakeVision implements Vision {
    public static final EmbeddingSpace SPACE = new EmbeddingSpace("fa4e000000000001", 64);

    private volatile StageObserver observer = StageObserver.NONE;
    private final EmbeddingSpace space;
    private final int grain;
    private final LivenessDetector liveness;

    /** Without a liveness network. */
    public FakeVision() {
        this((image, face) -> new Liveness.NotPerformed(List.of("model_missing")));
    }

    /** With one; it is asked by liveness checks only. */
    public FakeVision(LivenessDetector liveness) {
        this(SPACE, 1, liveness);
    }

    private FakeVision(EmbeddingSpace space, int grain, LivenessDetector liveness) {
        this.space = space;
        this.grain = grain;
        this.liveness = liveness;
    }

    /** Of another model, which takes hues for one that a JPEG file cannot tell apart. */
    public static FakeVision coarse(EmbeddingSpace space) {
        return new FakeVision(
                space, 16, (image, face) -> new Liveness.NotPerformed(List.of("model_missing")));
    }

    @Override
    public FaceDetector detector() {
        return FakeVision::faces;
    }

    @Override
    public QualityAssessor quality() {
        return (image, face) -> quality(image);
    }

    @Override
    public LivenessDetector liveness() {
        return liveness;
    }

    @Override
    public FaceEmbedder embedder() {
        return new FaceEmbedder() {
            @Override
            public EmbeddingSpace space() {
                return space;
            }

            @Override
            public List<Embedding> embed(List<FaceInImage> faces) {
                return faces.stream().map(f -> seen(f.image())).toList();
            }
        };
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
                        new Calibration.Knot(0.5f, 0.6f),
                        new Calibration.Knot(1, 1)));
    }

    @Override
    public void observe(StageObserver by) {
        observer = by;
    }

    @Override
    public List<FaceOutcome> analyse(Image image, Wanted wanted) {
        observer.ran(StageObserver.Stage.DETECT, 1, Duration.ofMillis(2));
        observer.ran(StageObserver.Stage.EMBED, 1, Duration.ofMillis(3));
        Quality quality = quality(image);
        return faces(image).stream()
                .<FaceOutcome>map(face ->
                        wanted.quality() && !quality.passed()
                                ? new FaceOutcome.TooPoor(face, quality)
                                : new FaceOutcome.Ready(
                                        face,
                                        quality,
                                        new Liveness.NotPerformed(List.of("model_missing")),
                                        seen(image),
                                        List.of()))
                .toList();
    }

    @Override
    public void close() {}

    /** Of the hue alone: red and green choose the person, blue turns the face a little. */
    public static Embedding embedding(Image image) {
        return embedding(SPACE, red(image), green(image), blue(image));
    }

    private Embedding seen(Image image) {
        return embedding(space, coarse(red(image)), coarse(green(image)), coarse(blue(image)));
    }

    private int coarse(int hue) {
        return (hue + grain / 2) / grain;
    }

    private static Embedding embedding(EmbeddingSpace space, int red, int green, int blue) {
        Random person = new Random(red * 256L + green);
        Random shade = new Random(blue);
        float[] raw = new float[space.dimension()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (float) (person.nextGaussian() + 0.1 * shade.nextGaussian());
        }
        return Embedding.normalised(space, raw);
    }

    private static List<DetectedFace> faces(Image image) {
        if (red(image) == 255 && green(image) == 255 && blue(image) == 255) {
            return List.of();
        }
        DetectedFace one = face(20);
        return image.width() >= 2 * image.height() ? List.of(one, face(220)) : List.of(one);
    }

    private static DetectedFace face(float x) {
        return new DetectedFace(
                new Box(x, 20, 150, 150),
                new Landmarks(
                        new Point(x + 40, 70),
                        new Point(x + 110, 70),
                        new Point(x + 75, 100),
                        new Point(x + 50, 130),
                        new Point(x + 100, 130)),
                0.9f);
    }

    private static Quality quality(Image image) {
        float brightness = (red(image) + green(image) + blue(image)) / 765f;
        boolean bright = brightness > 0.1f;
        return new Quality(
                bright ? 0.8f : 0.1f,
                good("sharpness", "sharpness"),
                new Quality.Component(
                        "brightness",
                        "luminance_mean",
                        brightness,
                        0.1f,
                        bright,
                        bright ? "" : "use more light"),
                good("contrast", "luminance_variance"),
                good("face_size", "inter_eye_distance"),
                good("pose_deviation", "head_pose"),
                good("eye_openness", "eyes_open"));
    }

    private static Quality.Component good(String key, String iso) {
        return new Quality.Component(key, iso, 1, 0.5f, true, "");
    }

    private static int blue(Image image) {
        return image.bgr()[0] & 0xFF;
    }

    private static int green(Image image) {
        return image.bgr()[1] & 0xFF;
    }

    private static int red(Image image) {
        return image.bgr()[2] & 0xFF;
    }
}
