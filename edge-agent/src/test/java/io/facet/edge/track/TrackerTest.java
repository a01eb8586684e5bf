package io.facet.edge.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.model.TrackId;
import io.facet.vision.detect.DetectedFace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrackerTest {
    private static final long FRAME = 66_666_667;

    private long idCount;
    private long now;
    private final Tracker tracker =
            new Tracker(
                    new TrackerSettings(0.6f, 2, Duration.ofSeconds(2)),
                    () -> new TrackId(new UUID(0, ++idCount)));

    private static DetectedFace face(double x, double y, double size, double score) {
        Box box =
                new Box((float) (x - size / 2), (float) (y - size / 2), (float) size, (float) size);
        Point p = new Point((float) x, (float) y);
        return new DetectedFace(box, new Landmarks(p, p, p, p, p), (float) score);
    }

    private void frame(DetectedFace... faces) {
        now += FRAME;
        tracker.update(List.of(faces), now);
    }

    private Track nearest(double x, double y) {
        Track best = tracker.tracks().getFirst();
        for (Track track : tracker.tracks()) {
            Point a = track.box().centre();
            Point b = best.box().centre();
            if (Math.hypot(a.x() - x, a.y() - y) < Math.hypot(b.x() - x, b.y() - y)) {
                best = track;
            }
        }
        return best;
    }

    @Test
    void aFlickerIsNoTrack() {
        frame(face(100, 100, 40, 0.9));
        assertThat(tracker.tracks()).noneMatch(Track::confirmed);
        frame();
        assertThat(tracker.tracks()).isEmpty();
        assertThat(tracker.ended()).isEmpty();
    }

    @Test
    void aSecondLookConfirms() {
        frame(face(100, 100, 40, 0.9));
        frame(face(102, 100, 40, 0.9));
        assertThat(tracker.tracks()).singleElement().matches(Track::confirmed);
    }

    @Test
    void weakDetectionsKeepATrackButBeginNone() {
        frame(face(300, 300, 40, 0.4));
        assertThat(tracker.tracks()).isEmpty();
        frame(face(100, 100, 40, 0.9));
        frame(face(101, 100, 40, 0.9));
        for (int i = 0; i < 60; i++) {
            frame(face(102, 100, 40, 0.3));
        }
        assertThat(tracker.tracks()).singleElement().matches(Track::seenNow);
        assertThat(tracker.tracks().getFirst().hits()).isEqualTo(62);
    }

    @Property
    void twoFacesThatCrossKeepTheirTracks(
            @ForAll @DoubleRange(min = 60, max = 240) double speed,
            @ForAll @DoubleRange(min = 25, max = 60) double apart,
            @ForAll long seed) {
        Tracker fresh =
                new Tracker(
                        new TrackerSettings(0.6f, 2, Duration.ofSeconds(2)),
                        () -> new TrackId(new UUID(1, ++idCount)));
        Random random = new Random(seed);
        Set<TrackId> seen = new HashSet<>();
        TrackId left = null;
        for (int i = 0; i < 45; i++) {
            double dx = speed * i / 15;
            fresh.update(
                    List.of(
                            noisy(face(100 + dx, 200, 40, 0.9), random),
                            noisy(face(100 + speed * 44 / 15 - dx, 200 + apart, 40, 0.9), random)),
                    i * FRAME);
            fresh.tracks().stream().map(Track::id).forEach(seen::add);
            if (i == 3) {
                left = fresh.tracks().getFirst().id();
            }
        }
        assertThat(seen).hasSize(2);
        Track last = fresh.tracks().stream().filter(t -> t.box().y() < 195).findFirst().get();
        assertThat(last.id()).isEqualTo(left);
    }

    private static DetectedFace noisy(DetectedFace face, Random random) {
        Box b = face.box();
        return face(
                b.centre().x() + random.nextGaussian(),
                b.centre().y() + random.nextGaussian(),
                b.width() * (1 + 0.02 * random.nextGaussian()),
                face.score());
    }

    @Property
    void aWalkingFaceHiddenForUnderASecondKeepsItsTrack(
            @ForAll @DoubleRange(min = -30, max = 30) double speed,
            @ForAll @IntRange(min = 1, max = 13) int hiddenFrames) {
        Tracker fresh =
                new Tracker(
                        new TrackerSettings(0.6f, 2, Duration.ofSeconds(2)),
                        () -> new TrackId(new UUID(2, ++idCount)));
        int frame = 0;
        for (; frame < 15; frame++) {
            fresh.update(List.of(face(300 + speed * frame / 15, 200, 40, 0.9)), frame * FRAME);
        }
        TrackId before = fresh.tracks().getFirst().id();
        for (int i = 0; i < hiddenFrames; i++) {
            fresh.update(List.of(), frame++ * FRAME);
        }
        fresh.update(List.of(face(300 + speed * frame / 15, 200, 40, 0.9)), frame * FRAME);
        assertThat(fresh.tracks()).singleElement().matches(t -> t.id().equals(before));
    }

    @Test
    void aTrackEndsOnceAfterTheGap() {
        frame(face(100, 100, 40, 0.9));
        frame(face(100, 100, 40, 0.9));
        TrackId id = tracker.tracks().getFirst().id();
        List<TrackId> ended = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            frame();
            tracker.ended().forEach(t -> ended.add(t.id()));
        }
        assertThat(ended).containsExactly(id);
        assertThat(tracker.tracks()).isEmpty();
    }

    @Test
    void aFaceElsewhereIsAnotherTrack() {
        frame(face(100, 100, 40, 0.9));
        frame(face(100, 100, 40, 0.9));
        frame(face(400, 100, 40, 0.9));
        assertThat(tracker.tracks()).hasSize(2);
        assertThat(nearest(100, 100).seenNow()).isFalse();
    }

    @Test
    void aMuchLargerFaceAtTheSamePlaceIsAnotherTrack() {
        frame(face(100, 100, 40, 0.9));
        frame(face(100, 100, 40, 0.9));
        frame(face(100, 100, 160, 0.9));
        assertThat(tracker.tracks()).hasSize(2);
    }

    @Test
    void splittingBeginsAnotherVisitAtTheSamePlace() {
        frame(face(100, 100, 40, 0.9));
        frame(face(100, 100, 40, 0.9));
        Track first = tracker.tracks().getFirst();
        Track second = tracker.split(first);
        assertThat(second.id()).isNotEqualTo(first.id());
        frame(face(101, 100, 40, 0.9));
        assertThat(tracker.tracks()).containsExactly(second);
    }

    @Test
    void endingAllReportsTheConfirmedOnes() {
        frame(face(100, 100, 40, 0.9));
        frame(face(100, 100, 40, 0.9), face(300, 100, 40, 0.9));
        tracker.endAll();
        assertThat(tracker.ended()).hasSize(1);
        assertThat(tracker.tracks()).isEmpty();
    }

    @Test
    void followingFacesAllocatesNothing() {
        List<DetectedFace> faces = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            faces.add(face(100 + 80 * i, 100, 40, i % 3 == 0 ? 0.5 : 0.9));
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            now += FRAME;
            tracker.update(faces, now);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            now += FRAME;
            tracker.update(faces, now);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // Iterators of the loops, where the compiler has not removed them yet.
        assertThat(bytes / 1000).isLessThan(512);
    }
}
