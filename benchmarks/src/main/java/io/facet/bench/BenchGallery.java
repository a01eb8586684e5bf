package io.facet.bench;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.FaceMatcher;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.SourceFactory;
import io.facet.index.ExactIndex;
import io.facet.match.Gallery;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.match.Matcher;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** The people of a clip, enrolled from the clip itself, among strangers. Thread-safe. */
final class BenchGallery implements FaceMatcher {
    private static final int STRANGERS = 10_000;
    private static final int LOOKS = 60;

    private final Vision vision;
    private final Gallery gallery;
    private final Matcher matcher;
    private final MatchPolicy policy;
    private int people;

    BenchGallery(Vision vision, FacetConfig config) {
        this.vision = vision;
        this.gallery = new Gallery(new ExactIndex(vision.space()));
        this.matcher = new Matcher(gallery, vision.calibration());
        this.policy =
                new MatchPolicy(
                        config.recognition().threshold(),
                        config.recognition().margin(),
                        config.recognition().maxResults());
    }

    /** Looks at a frame a second and enrols every face nobody here is like. */
    void enrol(SourceFactory sources, Path clip, Size size) {
        CaptureOptions options =
                CaptureOptions.DEFAULT
                        .withMaxFrameRate(1)
                        .withScaleTo(size)
                        .withPlayback(Playback.ONCE_FAST);
        FrameBuffer frame = new FrameBuffer();
        try (FrameSource source =
                sources.opener(SourceAddress.parse(clip.toString()), options).open(() -> false)) {
            for (int i = 0; i < LOOKS && source.read(frame) instanceof Reading.Frame; i++) {
                enrol(frame.image());
            }
        }
        addStrangers();
    }

    private void enrol(Image image) {
        for (DetectedFace face : vision.detector().detect(image)) {
            if (vision.quality().assess(image, face).passed()) {
                Embedding embedding =
                        vision.embedder().embed(List.of(new FaceInImage(image, face))).getFirst();
                if (matcher.decide(embedding, policy) instanceof MatchDecision.Unknown) {
                    people++;
                    add(embedding);
                }
            }
        }
    }

    private void addStrangers() {
        Random random = new Random(1);
        float[] raw = new float[vision.space().dimension()];
        for (int i = 0; i < STRANGERS; i++) {
            for (int j = 0; j < raw.length; j++) {
                raw[j] = (float) random.nextGaussian();
            }
            add(Embedding.normalised(vision.space(), raw));
        }
    }

    private void add(Embedding embedding) {
        UUID number = new UUID(0x7000L, Long.MIN_VALUE | gallery.size());
        gallery.put(new FaceId(number), new PersonId(number), embedding);
    }

    /** People of the clip. */
    int people() {
        return people;
    }

    @Override
    public MatchDecision match(Embedding probe, float threshold) {
        return matcher.decide(
                probe, new MatchPolicy(threshold, policy.margin(), policy.maxResults()));
    }

    @Override
    public Optional<String> nameOf(PersonId person) {
        return Optional.of(person.toString());
    }
}
