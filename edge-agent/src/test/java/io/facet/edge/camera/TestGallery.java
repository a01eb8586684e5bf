package io.facet.edge.camera;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.index.ExactIndex;
import io.facet.match.Gallery;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.match.Matcher;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A gallery filled from clips of one person each. */
final class TestGallery implements FaceMatcher {
    private final Vision vision;
    private final Gallery gallery;
    private final Matcher matcher;
    private final MatchPolicy policy = new MatchPolicy(0.6f, 0.05f, 5);
    private long faces;

    TestGallery(Vision vision) {
        this.vision = vision;
        this.gallery = new Gallery(new ExactIndex(vision.space()));
        this.matcher = new Matcher(gallery, vision.calibration());
    }

    /** Enrols the best faces of a clip that shows one person. */
    PersonId enrol(Path clip, int count) {
        PersonId person = new PersonId(new UUID(7, clip.hashCode()));
        FrameSource.Opener opener =
                new FfmpegSources(InstantSource.system())
                        .opener(
                                SourceAddress.parse(clip.toString()),
                                CaptureOptions.DEFAULT.withPlayback(Playback.ONCE_FAST));
        FrameBuffer frame = new FrameBuffer();
        Stream.Builder<FaceOutcome.Ready> ready = Stream.builder();
        try (FrameSource source = opener.open(() -> false)) {
            while (source.read(frame) instanceof Reading.Frame) {
                List<FaceOutcome> seen = vision.analyse(frame.image(), Vision.Wanted.ENROL);
                seen.stream()
                        .filter(FaceOutcome.Ready.class::isInstance)
                        .map(FaceOutcome.Ready.class::cast)
                        .forEach(ready);
            }
        }
        ready.build()
                .sorted(Comparator.comparingDouble(r -> -r.quality().overall()))
                .limit(count)
                .forEach(r -> gallery.put(new FaceId(new UUID(8, ++faces)), person, r.embedding()));
        return person;
    }

    int size() {
        return gallery.size();
    }

    @Override
    public MatchDecision match(Embedding probe, float threshold) {
        return matcher.decide(
                probe, new MatchPolicy(threshold, policy.margin(), policy.maxResults()));
    }

    @Override
    public Optional<String> nameOf(PersonId person) {
        return Optional.of("somebody");
    }
}
