package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.camera.CameraStatus.State;
import io.facet.edge.camera.Scene.Actor;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.SourceFactory;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraRules;
import io.facet.model.CameraSource;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.CameraConnected;
import io.facet.model.FaceEvent.CameraDisconnected;
import io.facet.model.FaceEvent.Recognised;
import io.facet.model.Schedule;
import io.facet.model.TrackId;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CameraRunnerTest {
    private final RecordingSink sink = new RecordingSink();
    private final Scene scene = new Scene(n -> List.of(Actor.at(1, 100, 80)));
    private final AtomicLong ids = new AtomicLong();
    private final Turns turns = new Turns(2, System::nanoTime);
    private final Queue<CameraRunner> open = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeAll() {
        open.forEach(CameraRunner::close);
    }

    /** Plays the scene's frames: so many, at most so many a second, then ends as told. */
    private final class Film implements FrameSource {
        private final BooleanSupplier cancelled;
        private final int frames;
        private final long pauseNanos;
        private final Reading last;
        private int next;

        Film(BooleanSupplier cancelled, int frames, long pauseNanos, Reading last) {
            this.cancelled = cancelled;
            this.frames = frames;
            this.pauseNanos = pauseNanos;
            this.last = last;
        }

        @Override
        public Reading read(FrameBuffer frame) {
            LockSupport.parkNanos(pauseNanos);
            if (cancelled.getAsBoolean()) {
                return Reading.ENDED;
            }
            if (next == frames) {
                return last;
            }
            scene.paint(frame, next++);
            return Reading.FRAME;
        }

        @Override
        public void close() {}
    }

    private CameraParts parts(SourceFactory sources) {
        return parts(sources, scene);
    }

    private CameraParts parts(SourceFactory sources, Scene seen) {
        return new CameraParts(
                sources,
                seen,
                seen,
                sink,
                InstantSource.system(),
                () -> new TrackId(new UUID(2, ids.incrementAndGet())),
                turns);
    }

    private CameraRunner run(FrameSource.Opener opener, Handover handover) {
        return run(opener, handover, scene);
    }

    private CameraRunner run(FrameSource.Opener opener, Handover handover, Scene seen) {
        CameraSettings usual = CameraSettings.of(FacetConfig.DEFAULT);
        CameraRunner runner =
                new CameraRunner(
                        FaceAnalyserTest.CAMERA,
                        parts((source, options) -> opener, seen),
                        usual.withCapture(CaptureOptions.DEFAULT, handover),
                        () -> {},
                        Runnable::run);
        open.add(runner);
        runner.start();
        return runner;
    }

    private FrameSource.Opener film(int frames, Reading last) {
        return cancelled -> new Film(cancelled, frames, 0, last);
    }

    @Test
    void aRecordingIsSeenToItsEndFrameByFrame() throws InterruptedException {
        CameraRunner runner = run(film(90, Reading.ENDED), Handover.EVERY);
        assertThat(runner.awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(runner.counters().framesRead()).isEqualTo(90);
        assertThat(runner.counters().framesAnalysed()).isEqualTo(90);
        assertThat(runner.counters().framesShed()).isZero();
        assertThat(runner.status().state()).isEqualTo(State.STOPPED);
        assertThat(sink.all())
                .extracting(FaceEvent::getClass)
                .containsExactlyInAnyOrder(
                        CameraConnected.class, Recognised.class, CameraDisconnected.class);
        assertThat(runner.lookerUse().cpu()).isPositive();
    }

    @Test
    void aCameraThatComesAndGoesSaysSoOncePerChange() {
        AtomicInteger opened = new AtomicInteger();
        CameraRunner runner =
                run(
                        cancelled ->
                                opened.getAndIncrement() == 0
                                        ? new Film(cancelled, 20, 0, new Reading.Failed("cut off"))
                                        : new Film(cancelled, 9999, 10_000_000, Reading.ENDED),
                        Handover.EVERY);
        await().until(() -> opened.get() > 1 && runner.status().state() == State.STREAMING);
        assertThat(sink.of(CameraDisconnected.class))
                .singleElement()
                .satisfies(e -> assertThat(e.reason()).isEqualTo("cut off"));
        assertThat(sink.of(CameraConnected.class)).hasSize(2);
        assertThat(runner.counters().reconnects()).isEqualTo(1);
    }

    @Test
    void aCameraThatNeverAnswersIsFailedAndNeverConnected() {
        CameraRunner runner =
                run(
                        cancelled -> {
                            throw new FacetException(ErrorCode.UNAVAILABLE, "nobody there");
                        },
                        Handover.NEWEST);
        await().until(() -> runner.status().state() == State.FAILED);
        await().until(() -> runner.counters().reconnects() > 0);
        assertThat(runner.status().reason()).isEqualTo("nobody there");
        assertThat(sink.all()).isEmpty();
    }

    @Test
    void aStalledCameraIsToldFromAFailedOne() {
        CameraRunner runner = run(film(5, new Reading.Stalled("no picture")), Handover.EVERY);
        await().until(() -> runner.status().state() == State.STALLED);
        assertThat(runner.status().reason()).isEqualTo("no picture");
    }

    @Test
    void aSlowLookDropsFramesRatherThanDelayingThem() {
        Scene slow =
                new Scene(n -> {
                    LockSupport.parkNanos(20_000_000);
                    return List.of();
                });
        CameraRunner runner =
                run(
                        cancelled -> new Film(cancelled, 9999, 1_000_000, Reading.ENDED),
                        Handover.NEWEST,
                        slow);
        await().until(() -> runner.counters().framesShed() > 10);
        assertThat(runner.counters().framesAnalysed()).isLessThan(runner.counters().framesRead());
    }

    @Test
    void aFrameThatBreaksAStageDoesNotEndTheCamera() throws InterruptedException {
        Scene broken =
                new Scene(n -> {
                    if (n == 3) {
                        throw new IllegalStateException("a stage failed");
                    }
                    return List.of(Actor.at(1, 100, 80));
                });
        CameraRunner runner = run(film(30, Reading.ENDED), Handover.EVERY, broken);
        assertThat(runner.awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(runner.counters().framesBroken()).isEqualTo(1);
        assertThat(sink.of(Recognised.class)).hasSize(1);
    }

    @Test
    void closingEndsVisitsAndSaysThatTheCameraIsGone() {
        CameraRunner runner =
                run(
                        cancelled -> new Film(cancelled, 99999, 5_000_000, Reading.ENDED),
                        Handover.EVERY);
        await().until(() -> !sink.of(Recognised.class).isEmpty());
        runner.close();
        assertThat(runner.status().state()).isEqualTo(State.STOPPED);
        assertThat(sink.of(CameraDisconnected.class)).hasSize(1);
    }

    @Test
    void livePicturesComeWhileTheLeaseLastsAndNoLonger() {
        CameraRunner runner =
                run(
                        cancelled -> new Film(cancelled, 99999, 5_000_000, Reading.ENDED),
                        Handover.NEWEST);
        await().until(() -> runner.counters().framesAnalysed() > 5);
        assertThat(runner.counters().livePictures()).isZero();
        Queue<LiveView.Picture> pictures = new ConcurrentLinkedQueue<>();
        runner.live()
                .watch(new LiveView.Wish(Duration.ofMillis(700), 10, 320, true), pictures::add);
        await().until(() -> pictures.size() >= 2);
        LiveView.Picture picture = pictures.peek();
        assertThat(picture.width()).isEqualTo(320);
        assertThat(picture.height()).isEqualTo(180);
        assertThat(picture.jpeg().bytes()).startsWith(0xff, 0xd8);
        await().until(() ->
                pictures.stream()
                        .flatMap(p -> p.faces().stream())
                        .anyMatch(f -> f.name().equals("Person 1")));
        await().until(() -> settled(pictures));
        assertThat(pictures).hasSizeLessThanOrEqualTo(9);
    }

    @Test
    void picturesWithAndWithoutOverlayComeSideBySide() {
        CameraRunner runner =
                run(
                        cancelled -> new Film(cancelled, 99999, 5_000_000, Reading.ENDED),
                        Handover.NEWEST);
        Queue<LiveView.Picture> drawn = new ConcurrentLinkedQueue<>();
        Queue<LiveView.Picture> plain = new ConcurrentLinkedQueue<>();
        Duration minute = Duration.ofMinutes(1);
        runner.live().watch(new LiveView.Wish(minute, 10, 320, true), drawn::add);
        runner.live().watch(new LiveView.Wish(minute, 10, 200, false), plain::add);
        await().until(() -> drawn.size() >= 2 && plain.size() >= 2);
        assertThat(drawn).allMatch(picture -> picture.overlay() && picture.width() == 320);
        assertThat(plain).allMatch(picture -> !picture.overlay() && picture.width() == 200);
    }

    private static boolean settled(Queue<LiveView.Picture> pictures) {
        int before = pictures.size();
        LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
        return pictures.size() == before;
    }

    @Test
    void aDeadCameraDoesNotHoldUpTheOthers() {
        SourceFactory sources =
                (source, options) ->
                        source.equals(new CameraSource.Device(1))
                                ? CameraRunnerTest::hang
                                : cancelled -> new Film(cancelled, 9999, 5_000_000, Reading.ENDED);
        try (Cameras cameras =
                new Cameras(parts(sources), CameraSettings.of(FacetConfig.DEFAULT))) {
            cameras.desire(List.of(camera(1), camera(2)));
            await().until(() -> cameras.statuses().get(1).state() == State.STREAMING);
            assertThat(cameras.statuses().get(0).state()).isEqualTo(State.CONNECTING);
        }
    }

    private static FrameSource hang(BooleanSupplier cancelled) {
        while (!cancelled.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
        throw new FacetException(ErrorCode.UNAVAILABLE, "given up");
    }

    private static Camera camera(int index) {
        return new Camera(
                new CameraId(new UUID(1, index)),
                "camera " + index,
                FaceAnalyserTest.CAMERA.site(),
                FaceAnalyserTest.CAMERA.agent(),
                new CameraSource.Device(index));
    }

    @Test
    void onlyChangedCamerasAreRestarted() {
        AtomicInteger opened = new AtomicInteger();
        SourceFactory sources =
                (source, options) ->
                        cancelled -> {
                            opened.incrementAndGet();
                            return new Film(cancelled, 99999, 5_000_000, Reading.ENDED);
                        };
        AtomicInteger changes = new AtomicInteger();
        try (Cameras cameras =
                new Cameras(parts(sources), CameraSettings.of(FacetConfig.DEFAULT))) {
            cameras.onChange(changes::incrementAndGet);
            cameras.desire(List.of(camera(1), camera(2)));
            await().until(() -> opened.get() == 2);
            cameras.desire(List.of(camera(1), camera(3)));
            await().until(() -> opened.get() == 3);
            assertThat(cameras.statuses())
                    .extracting(CameraStatus::camera)
                    .containsExactly(camera(1).id(), camera(3).id());
            assertThat(changes).hasPositiveValue();
        }
        assertThat(opened).hasValue(3);
    }

    @Test
    void rulesAreFollowedWithoutARestart() {
        AtomicInteger opened = new AtomicInteger();
        SourceFactory sources =
                (source, options) ->
                        cancelled -> {
                            opened.incrementAndGet();
                            return new Film(cancelled, 99999, 5_000_000, Reading.ENDED);
                        };
        Schedule longAgo =
                new Schedule(
                        ZoneOffset.UTC,
                        List.of(
                                new Schedule.Hours(
                                        Set.of(Scene.START.atZone(ZoneOffset.UTC).getDayOfWeek()),
                                        LocalTime.of(1, 0),
                                        LocalTime.of(2, 0))));
        try (Cameras cameras =
                new Cameras(parts(sources), CameraSettings.of(FacetConfig.DEFAULT))) {
            cameras.desire(List.of(camera(1)));
            await().until(() -> counted(cameras).recognised() == 1);
            CameraRules closed =
                    CameraRules.NONE.withRevision(1).withSchedule(Optional.of(longAgo));
            cameras.desire(List.of(camera(1).withRules(closed)));
            await().until(() -> counted(cameras).framesOffSchedule() > 10);
            CameraStatus off = cameras.statuses().getFirst();
            assertThat(off.reason()).isEqualTo("outside its schedule");
            assertThat(off.state()).isEqualTo(State.STREAMING);
            assertThat(off.rulesRevision()).isEqualTo(1);
            long looked = counted(cameras).framesAnalysed();
            long until = counted(cameras).framesOffSchedule() + 10;
            await().until(() -> counted(cameras).framesOffSchedule() > until);
            assertThat(counted(cameras).framesAnalysed()).isEqualTo(looked);
            cameras.desire(List.of(camera(1).withRules(CameraRules.NONE.withRevision(2))));
            await().until(() -> counted(cameras).recognised() == 2);
            assertThat(cameras.statuses().getFirst().reason()).isEmpty();
        }
        assertThat(opened).hasValue(1);
    }

    private static CameraCounters.Snapshot counted(Cameras cameras) {
        return cameras.counters().values().iterator().next();
    }
}
