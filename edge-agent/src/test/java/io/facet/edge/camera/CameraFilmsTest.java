package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.camera.Scene.Actor;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.clip.CallersThread;
import io.facet.edge.clip.ClipCut;
import io.facet.edge.clip.ClipPicture;
import io.facet.edge.clip.ClipSettings;
import io.facet.edge.clip.ClipStudio;
import io.facet.model.CameraRules;
import io.facet.model.FaceEvent.Recognised;
import io.facet.model.FaceEvent.RecognitionUpdated;
import io.facet.model.FaceEvent.UnknownSeen;
import io.facet.model.Region;
import io.facet.model.Region.Corner;
import io.facet.model.Schedule;
import io.facet.model.TrackId;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Which films a camera makes, frame by frame on made-up scenes. */
class CameraFilmsTest {
    private static final Region LEFT_HALF =
            new Region(
                    List.of(
                            new Corner(0, 0),
                            new Corner(0.5f, 0),
                            new Corner(0.5f, 1),
                            new Corner(0, 1)));

    /** At 15 frames a second the person comes into sight after four seconds, for eight. */
    private static List<Actor> visit(int n) {
        return n >= 60 && n < 180 ? List.of(Actor.at(1, 400, 80)) : List.of();
    }

    private final RecordingSink sink = new RecordingSink();
    private final Queue<ClipCut> cuts = new ConcurrentLinkedQueue<>();

    private static ClipSettings settings(boolean unknown) {
        return new ClipSettings(
                Duration.ofSeconds(3), Duration.ofSeconds(3), 5, 320, unknown, 4_000_000);
    }

    /** Plays so many frames of a scene and ends. */
    private static FrameSource source(Scene scene, int frames) {
        return new FrameSource() {
            private int next;

            @Override
            public Reading read(FrameBuffer frame) {
                if (next == frames) {
                    return Reading.ENDED;
                }
                scene.paint(frame, next++);
                return Reading.FRAME;
            }

            @Override
            public void close() {}
        };
    }

    private void play(IntFunction<List<Actor>> film, int frames, ClipSettings settings)
            throws InterruptedException {
        play(film, frames, settings, CameraRules.NONE);
    }

    private void play(
            IntFunction<List<Actor>> film, int frames, ClipSettings settings, CameraRules rules)
            throws InterruptedException {
        Scene scene = new Scene(film);
        AtomicLong ids = new AtomicLong();
        try (ClipStudio studio =
                new ClipStudio(
                        settings,
                        cut -> {
                            cuts.add(cut);
                            return new byte[0];
                        },
                        (event, bytes) -> {},
                        new CallersThread())) {
            CameraParts parts =
                    new CameraParts(
                            (address, options) -> cancelled -> source(scene, frames),
                            scene,
                            scene,
                            sink,
                            InstantSource.system(),
                            () -> new TrackId(new UUID(2, ids.incrementAndGet())),
                            new Turns(2, System::nanoTime),
                            Optional.of(studio));
            CameraRunner runner =
                    new CameraRunner(
                            FaceAnalyserTest.CAMERA.withRules(rules),
                            parts,
                            CameraSettings.of(FacetConfig.DEFAULT)
                                    .withCapture(CaptureOptions.DEFAULT, Handover.EVERY),
                            () -> {},
                            Runnable::run);
            runner.start();
            assertThat(runner.awaitEnd(Duration.ofMinutes(1))).isTrue();
            assertThat(runner.counters().framesBroken()).isZero();
        }
    }

    private ClipCut only() {
        assertThat(cuts).hasSize(1);
        return cuts.element();
    }

    private static double seconds(ClipPicture picture) {
        return picture.nanos() / 1e9;
    }

    private static Image decoded(ClipPicture picture) {
        return new ImageDecoder(1_000_000, 1_000_000).decode(picture.jpeg().bytes());
    }

    private static int brightness(Image image, int x, int y) {
        return image.bgr()[3 * (y * image.width() + x)] & 0xff;
    }

    @Test
    void aRecognitionHasOneFilmFromBeforeToAfter() throws InterruptedException {
        play(CameraFilmsTest::visit, 300, settings(false));
        Recognised event = sink.of(Recognised.class).getFirst();
        ClipCut film = only();
        assertThat(film.event()).isEqualTo(event.header().id());
        double at = event.header().monotonic().toNanos() / 1e9;
        assertThat(seconds(film.pictures().getFirst())).isBetween(at - 3, at - 2.7);
        assertThat(seconds(film.pictures().getLast())).isBetween(at + 2.7, at + 3);
        assertThat(film.pictures()).hasSizeBetween(29, 31);
        assertThat(decoded(film.pictures().getFirst()).width()).isEqualTo(320);
        assertThat(decoded(film.pictures().getFirst()).height()).isEqualTo(180);
    }

    @Test
    void aVisitThatIsCorrectedHasNoSecondFilm() throws InterruptedException {
        play(
                n -> List.of(Actor.at(1, 400, 80).withConfidence(n < 60 ? 0.65 : 0.95)),
                300,
                settings(false));
        assertThat(sink.of(RecognitionUpdated.class)).isNotEmpty();
        assertThat(only().event()).isEqualTo(sink.of(Recognised.class).getFirst().header().id());
    }

    @Test
    void aCameraThatStopsKeepsWhatThereIs() throws InterruptedException {
        play(CameraFilmsTest::visit, 75, settings(false));
        ClipCut film = only();
        assertThat(seconds(film.pictures().getLast())).isBetween(4.7, 5.0);
        assertThat(seconds(film.pictures().getFirst())).isBetween(1.0, 1.5);
    }

    @Test
    void unknownFacesHaveFilmsOnlyWhereAskedFor() throws InterruptedException {
        IntFunction<List<Actor>> stranger =
                n -> n >= 60 && n < 120 ? List.of(Actor.at(6, 400, 80)) : List.of();
        play(stranger, 240, settings(false));
        assertThat(sink.of(UnknownSeen.class)).hasSize(1);
        assertThat(cuts).isEmpty();
        play(stranger, 240, settings(true));
        ClipCut film = only();
        assertThat(film.event()).isEqualTo(sink.of(UnknownSeen.class).getLast().header().id());
        assertThat(film.pictures())
                .as("shows the visit of seconds 4 to 8")
                .filteredOn(p -> seconds(p) >= 4 && seconds(p) < 8)
                .hasSizeGreaterThan(10);
    }

    @Test
    void whatMasksCoverIsBlackInFilmsToo() throws InterruptedException {
        play(
                CameraFilmsTest::visit,
                300,
                settings(false),
                CameraRules.NONE.withMasks(List.of(LEFT_HALF)));
        List<ClipPicture> pictures = only().pictures();
        for (ClipPicture picture : pictures) {
            assertThat(brightness(decoded(picture), 80, 90)).isLessThan(10);
        }
        assertThat(pictures)
                .as("the other half is seen")
                .anySatisfy(p -> assertThat(brightness(decoded(p), 240, 90)).isGreaterThan(150));
    }

    @Test
    void outsideItsScheduleACameraRecordsNothing() throws InterruptedException {
        // The scene begins at noon: the person comes in the last seconds of the schedule's hours.
        Schedule tillThen =
                new Schedule(
                        ZoneOffset.UTC,
                        List.of(
                                new Schedule.Hours(
                                        Set.of(Scene.START.atZone(ZoneOffset.UTC).getDayOfWeek()),
                                        LocalTime.of(11, 0),
                                        LocalTime.of(12, 0, 5))));
        play(
                CameraFilmsTest::visit,
                300,
                settings(false),
                CameraRules.NONE.withSchedule(Optional.of(tillThen)));
        assertThat(sink.of(Recognised.class)).hasSize(1);
        assertThat(seconds(only().pictures().getLast())).isLessThan(5);
    }

    @Test
    void whoComesAfterTheCameraWasOffIsNotSeenBefore() throws InterruptedException {
        Schedule fromThen =
                new Schedule(
                        ZoneOffset.UTC,
                        List.of(
                                new Schedule.Hours(
                                        Set.of(Scene.START.atZone(ZoneOffset.UTC).getDayOfWeek()),
                                        LocalTime.of(12, 0, 5),
                                        LocalTime.of(13, 0))));
        play(
                CameraFilmsTest::visit,
                300,
                settings(false),
                CameraRules.NONE.withSchedule(Optional.of(fromThen)));
        assertThat(seconds(only().pictures().getFirst())).isBetween(5.0, 5.3);
    }
}
