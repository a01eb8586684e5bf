package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.Scene.Actor;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.track.TrackerSettings;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraRules;
import io.facet.model.CameraSource;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Recognised;
import io.facet.model.FaceEvent.RecognitionRetracted;
import io.facet.model.FaceEvent.RecognitionUpdated;
import io.facet.model.FaceEvent.UnknownSeen;
import io.facet.model.Liveness;
import io.facet.model.Region;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What is said about visits, on films of made-up faces at 15 frames a second. */
class FaceAnalyserTest {
    static final Camera CAMERA =
            new Camera(
                    new CameraId(new UUID(1, 1)),
                    "door",
                    SiteId.DEFAULT,
                    new AgentId("agent-1"),
                    new CameraSource.Device(0));
    private static final JudgeSettings USUAL =
            new JudgeSettings(0.6f, Duration.ofSeconds(1), 1, 0.5f, Duration.ofSeconds(2), true);

    private final RecordingSink sink = new RecordingSink();
    private final CameraCounters counters = new CameraCounters(Scene.START);
    private final FrameBuffer frame = new FrameBuffer();
    private long ids;
    private boolean pressed;
    private CameraRules rules = CameraRules.NONE;
    private Scene scene = new Scene(n -> List.of());

    private FaceAnalyser analyser(JudgeSettings judging) {
        CameraSettings usual = CameraSettings.of(FacetConfig.DEFAULT);
        return new FaceAnalyser(
                CAMERA,
                new CameraParts(
                        (source, options) ->
                                cancelled -> {
                                    throw new UnsupportedOperationException("nothing is read");
                                },
                        scene,
                        scene,
                        sink,
                        InstantSource.fixed(Scene.START),
                        () -> new TrackId(new UUID(2, ++ids)),
                        new Turns(1, System::nanoTime)),
                new CameraSettings(
                        usual.capture(),
                        usual.handover(),
                        usual.maxBackoff(),
                        usual.motionThreshold(),
                        new TrackerSettings(0.6f, 2, judging.maxGap()),
                        judging),
                counters);
    }

    private List<FaceEvent> play(int frames, JudgeSettings judging, IntFunction<List<Actor>> film) {
        scene = new Scene(film);
        return play(frames, judging);
    }

    private List<FaceEvent> play(int frames, JudgeSettings judging) {
        FaceAnalyser analyser = analyser(judging);
        for (int i = 0; i < frames; i++) {
            scene.paint(frame, i);
            look(analyser);
        }
        analyser.silence();
        return sink.all();
    }

    private void look(FaceAnalyser analyser) {
        if (analyser.wants(frame)) {
            analyser.search(frame, rules, pressed);
        }
    }

    private List<FaceEvent> play(int frames, IntFunction<List<Actor>> film) {
        return play(frames, USUAL, film);
    }

    private static boolean between(int n, int from, int to) {
        return n >= from && n < to;
    }

    @Test
    void aVisitIsRecognisedOnce() {
        List<FaceEvent> events = play(150, n -> List.of(Actor.at(1, 100 + n, 80)));
        assertThat(events).hasSize(1);
        Recognised event = sink.of(Recognised.class).getFirst();
        assertThat(event.identity().person()).isEqualTo(Scene.person(1));
        assertThat(event.identity().confidence()).isBetween(0.79f, 0.81f);
        assertThat(event.identity().threshold()).isEqualTo(0.6f);
        assertThat(event.sighting().crop()).isNotNull();
        assertThat(event.sighting().frameWidth()).isEqualTo(640);
    }

    @Test
    void theFirstRecognitionDoesNotWaitForTheInterval() {
        JudgeSettings rare =
                new JudgeSettings(0.6f, Duration.ofHours(1), 1, 0.5f, Duration.ofSeconds(2), true);
        play(3, rare, n -> List.of(Actor.at(1, 100, 80)));
        assertThat(sink.of(Recognised.class).getFirst().header().capturedAt())
                .isEqualTo(Scene.START.plusNanos(Scene.PERIOD));
        assertThat(counters.snapshot(0).looks()).isEqualTo(1);
    }

    @Test
    void aNamedFaceIsLookedAtOncePerInterval() {
        play(151, n -> List.of(Actor.at(1, 100, 80)));
        assertThat(counters.snapshot(0).looks()).isBetween(9L, 11L);
    }

    @Test
    void theRecognitionIsDatedToTheFirstGoodFrame() {
        JudgeSettings threeVotes =
                new JudgeSettings(
                        0.6f, Duration.ofSeconds(1), 3, 0.5f, Duration.ofSeconds(2), true);
        play(30, threeVotes, n -> List.of(Actor.at(1, 100, 80).withQuality(n < 5 ? 0.1 : 0.8)));
        assertThat(sink.of(Recognised.class).getFirst().header().capturedAt())
                .isEqualTo(Scene.START.plusNanos(5 * Scene.PERIOD));
        assertThat(counters.snapshot(0).known()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void poorFacesAreCountedByReasonAndNotLookedAt() {
        assertThat(play(60, n -> List.of(Actor.at(1, 100, 80).withQuality(0.2)))).isEmpty();
        assertThat(counters.snapshot(0).looks()).isZero();
        assertThat(counters.snapshot(0).qualityFailures()).containsOnlyKeys("sharpness");
    }

    @Test
    void aStrangerIsReportedOnceWhenGone() {
        List<FaceEvent> events = play(120, n -> n < 45 ? List.of(Actor.at(6, 100, 80)) : List.of());
        assertThat(events).singleElement().isInstanceOf(UnknownSeen.class);
        UnknownSeen seen = sink.of(UnknownSeen.class).getFirst();
        assertThat(seen.sighting().embedding()).isNotNull();
        assertThat(seen.sighting().framesSeen()).isEqualTo(44);
    }

    @Test
    void strangersAreNotReportedWhenSwitchedOff() {
        JudgeSettings silent =
                new JudgeSettings(
                        0.6f, Duration.ofSeconds(1), 1, 0.5f, Duration.ofSeconds(2), false);
        assertThat(play(45, silent, n -> List.of(Actor.at(6, 100, 80)))).isEmpty();
    }

    @Test
    void anAmbiguousFaceHasNoNameAndIsNoStranger() {
        assertThat(play(60, n -> List.of(Actor.at(4, 100, 80)))).isEmpty();
        assertThat(counters.snapshot(0).ambiguous()).isPositive();
    }

    @Test
    void anAmbiguousFaceGetsItsNameWhenItBecomesClear() {
        play(120, n -> List.of(Actor.at(n < 20 ? 4 : 1, 100, 80)));
        assertThat(sink.of(Recognised.class))
                .singleElement()
                .satisfies(e -> assertThat(e.identity().person()).isEqualTo(Scene.person(1)));
        assertThat(sink.all()).hasSize(1);
    }

    @Test
    void aPictureOfAPersonIsNotRecognised() {
        assertThat(play(60, n -> List.of(Actor.at(1, 100, 80).withLive(0.1)))).isEmpty();
        assertThat(counters.snapshot(0).livenessFailures()).isPositive();
        assertThat(counters.snapshot(0).known()).isZero();
    }

    @Test
    void livenessIsJudgedByTheMeanOverTheVisit() {
        play(60, n -> List.of(Actor.at(1, 100, 80).withLive(n % 15 == 1 ? 0.4 : 0.9)));
        assertThat(sink.of(Recognised.class)).hasSize(1);
        assertThat(sink.of(RecognitionRetracted.class)).isEmpty();
    }

    @Test
    void aDoubtIsReportedAsOneAndTakenBackWhenItIsOver() {
        play(200, n -> List.of(Actor.at(1, 100, 80).withLive(n < 20 ? 0.55 : 0.95)));
        assertThat(sink.of(Recognised.class))
                .singleElement()
                .satisfies(e -> assertThat(e.sighting().liveness()).isEqualTo(doubt(0.55f)));
        assertThat(sink.of(RecognitionUpdated.class))
                .singleElement()
                .satisfies(e ->
                        assertThat(e.sighting().liveness())
                                .isInstanceOfSatisfying(
                                        Liveness.Performed.class,
                                        now -> assertThat(now.passed()).isTrue()));
    }

    private static Liveness doubt(float score) {
        return new Liveness.Performed(Liveness.Verdict.AMBIGUOUS, score, List.of("network_score"));
    }

    @Test
    void betterLooksUpdateTheConfidenceOfTheVisit() {
        play(
                300,
                n ->
                        List.of(
                                Actor.at(1, 100, 80)
                                        .withConfidence(n < 20 ? 0.62 : 0.9)
                                        .withQuality(n < 20 ? 0.4 : 0.9)));
        assertThat(sink.of(Recognised.class))
                .singleElement()
                .satisfies(e -> assertThat(e.identity().confidence()).isBetween(0.61f, 0.63f));
        assertThat(sink.of(RecognitionUpdated.class))
                .isNotEmpty()
                .last()
                .satisfies(e -> assertThat(e.identity().confidence()).isBetween(0.8f, 0.91f));
        assertThat(sink.of(RecognitionRetracted.class)).isEmpty();
    }

    @Test
    void aPersonHiddenForAMomentIsTheSameVisitEvenElsewhere() {
        play(
                120,
                n -> between(n, 30, 50) ? List.of() : List.of(Actor.at(1, n < 30 ? 50 : 450, 80)));
        assertThat(sink.of(Recognised.class)).hasSize(1);
        assertThat(sink.all()).hasSize(1);
    }

    @Test
    void aPersonWhoComesBackLaterIsAnotherVisit() {
        play(200, n -> between(n, 30, 90) ? List.of() : List.of(Actor.at(1, 100, 80)));
        List<Recognised> visits = sink.of(Recognised.class);
        assertThat(visits).hasSize(2);
        assertThat(visits.get(0).track()).isNotEqualTo(visits.get(1).track());
    }

    @Test
    void twoPeopleAreTwoVisitsEmbeddedTogether() {
        play(60, n -> List.of(Actor.at(0, 100, 80), Actor.at(1, 300, 80)));
        assertThat(sink.of(Recognised.class))
                .extracting(e -> e.identity().person())
                .containsExactlyInAnyOrder(Scene.person(0), Scene.person(1));
        assertThat(scene.batches).first().isEqualTo(2);
    }

    @Test
    void anotherFaceInTheSamePlaceIsAnotherVisit() {
        play(90, n -> List.of(Actor.at(n < 30 ? 0 : 2, 100, 80)));
        List<Recognised> visits = sink.of(Recognised.class);
        assertThat(visits)
                .extracting(e -> e.identity().person())
                .containsExactly(Scene.person(0), Scene.person(2));
        assertThat(visits.get(0).track()).isNotEqualTo(visits.get(1).track());
    }

    /** As with dlib's network, whose strangers have a cosine of 0.83. */
    @Test
    void anotherFaceIsAnotherVisitAlsoWhereStrangersAreAlike() {
        scene = new Scene(n -> List.of(Actor.at(n < 30 ? 0 : 2, 100, 80)));
        scene.common = 0.7f;
        play(90, USUAL);
        assertThat(sink.of(Recognised.class))
                .extracting(e -> e.identity().person())
                .containsExactly(Scene.person(0), Scene.person(2));
        assertThat(sink.of(RecognitionUpdated.class)).isEmpty();
    }

    @Test
    void aFaceSeenOnlyWeaklyForAWhileIsTheSameVisit() {
        play(150, n -> List.of(Actor.at(1, 100, 80).withScore(between(n, 30, 90) ? 0.4 : 0.9)));
        assertThat(sink.all()).hasSize(1);
        assertThat(counters.snapshot(0).tracks()).isEqualTo(1);
    }

    @Test
    void whatIsSeenOnlyWeaklyIsNoVisit() {
        play(60, n -> List.of(Actor.at(1, 100, 80).withScore(0.4)));
        assertThat(sink.all()).isEmpty();
        assertThat(counters.snapshot(0).tracks()).isZero();
    }

    @Test
    void oneOddLookChangesNothing() {
        play(150, n -> List.of(Actor.at(between(n, 31, 32) ? 2 : 0, 100, 80)));
        assertThat(sink.all()).hasSize(1);
    }

    @Test
    void nothingIsSearchedWhileNothingMoves() {
        scene = new Scene(n -> List.of());
        scene.still = true;
        FaceAnalyser analyser = analyser(USUAL);
        for (int i = 0; i < 150; i++) {
            scene.paint(frame, i);
            look(analyser);
        }
        // One look a second all the same.
        assertThat(counters.snapshot(0).framesAnalysed()).isBetween(9L, 12L);
    }

    @Test
    void aStillFaceIsFollowedAllTheSame() {
        scene = new Scene(n -> List.of(Actor.at(1, 100, 80)));
        scene.still = true;
        FaceAnalyser analyser = analyser(USUAL);
        for (int i = 0; i < 60; i++) {
            scene.paint(frame, i);
            look(analyser);
        }
        assertThat(counters.snapshot(0).framesAnalysed()).isEqualTo(60);
        assertThat(sink.of(Recognised.class)).hasSize(1);
    }

    @Test
    void whoHasANameIsLookedAtLessOftenWhileTheBoxIsPressed() {
        play(300, n -> List.of(Actor.at(1, 100, 80)));
        long usual = counters.snapshot(0).looks();
        pressed = true;
        play(300, n -> List.of(Actor.at(1, 100, 80)));
        assertThat(counters.snapshot(0).looks() - usual).isLessThan(usual / 2);
        assertThat(sink.of(Recognised.class)).hasSize(2);
    }

    @Test
    void aFaceWithoutANameIsLookedAtAsOftenWhileTheBoxIsPressed() {
        play(300, n -> List.of(Actor.at(6, 100, 80)));
        long usual = counters.snapshot(0).looks();
        pressed = true;
        play(300, n -> List.of(Actor.at(6, 100, 80)));
        assertThat(counters.snapshot(0).looks()).isEqualTo(2 * usual);
    }

    @Test
    void aCameraIsUrgentUntilWhoIsThereHasHadTheFirstLooks() {
        scene = new Scene(n -> List.of(Actor.at(1, 100, 80)));
        FaceAnalyser analyser = analyser(USUAL);
        assertThat(analyser.isUrgent()).isFalse();
        scene.paint(frame, 0);
        look(analyser);
        assertThat(analyser.isUrgent()).isTrue();
        for (int i = 1; i < 5; i++) {
            scene.paint(frame, i);
            look(analyser);
        }
        assertThat(sink.of(Recognised.class)).hasSize(1);
        assertThat(analyser.isUrgent()).isFalse();
    }

    @Test
    void aMaskedFaceIsNeverFollowed() {
        Region right =
                new Region(
                        List.of(
                                new Region.Corner(0.5f, 0),
                                new Region.Corner(1, 0),
                                new Region.Corner(1, 1),
                                new Region.Corner(0.5f, 1)));
        rules = CameraRules.NONE.withMasks(List.of(right));
        play(30, n -> List.of(Actor.at(1, 500, 80), Actor.at(2, 100, 80)));
        assertThat(sink.of(Recognised.class))
                .extracting(e -> e.identity().person())
                .containsExactly(Scene.person(2));
        assertThat(counters.snapshot(0).ignoredFaces()).containsExactly(Map.entry("masked", 30L));
        assertThat(counters.snapshot(0).detections()).isEqualTo(60);
        assertThat(counters.snapshot(0).tracks()).isEqualTo(1);
    }

    @Test
    void aCamerasOwnThresholdDecidesAndIsReported() {
        rules = CameraRules.NONE.withThreshold(Optional.of(0.9f));
        play(60, n -> List.of(Actor.at(1, 100, 80)));
        assertThat(sink.of(Recognised.class)).isEmpty();
        assertThat(sink.of(UnknownSeen.class)).hasSize(1);
        rules = CameraRules.NONE.withThreshold(Optional.of(0.7f));
        play(60, n -> List.of(Actor.at(1, 100, 80)));
        assertThat(sink.of(Recognised.class))
                .singleElement()
                .satisfies(e -> assertThat(e.identity().threshold()).isEqualTo(0.7f));
    }
}
