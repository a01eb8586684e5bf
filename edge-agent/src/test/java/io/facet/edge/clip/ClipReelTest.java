package io.facet.edge.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.model.EventId;
import io.facet.model.Jpeg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClipReelTest {
    private static final int BYTES = 100;
    private static final EventId EVENT = new EventId(new UUID(1, 1));

    private final ClipReel reel = new ClipReel(settings(1_000_000));

    /** Two seconds before, three after, one picture a second. */
    private static ClipSettings settings(int memory) {
        return new ClipSettings(
                Duration.ofSeconds(2), Duration.ofSeconds(3), 1, 640, false, memory);
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    private static ClipPicture picture(long second) {
        return new ClipPicture(seconds((double) second), new Jpeg(new byte[BYTES]));
    }

    private static List<ClipCut> play(ClipReel reel, int from, int to) {
        List<ClipCut> cuts = new ArrayList<>();
        for (int second = from; second <= to; second++) {
            cuts.addAll(reel.add(picture(second)));
        }
        return cuts;
    }

    private static List<Long> times(ClipCut cut) {
        return cut.pictures().stream().map(p -> p.nanos() / seconds(1)).toList();
    }

    @Test
    void aFilmReachesFromBeforeTheEventToAfterIt() {
        play(reel, 1, 10);
        assertThat(reel.ask(EVENT, seconds(10))).isTrue();
        assertThat(play(reel, 11, 12)).isEmpty();
        assertThat(play(reel, 13, 20))
                .singleElement()
                .satisfies(cut -> {
                    assertThat(cut.event()).isEqualTo(EVENT);
                    assertThat(times(cut)).containsExactly(8L, 9L, 10L, 11L, 12L, 13L);
                });
    }

    @Test
    void anEventThatIsReportedLateFindsItsMoment() {
        play(reel, 1, 10);
        assertThat(reel.ask(EVENT, seconds(6))).isTrue();
        assertThat(reel.add(picture(11)))
                .singleElement()
                .satisfies(cut -> assertThat(times(cut)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L));
    }

    @Test
    void aMomentThatIsNoLongerHeldGivesTheOldestThereIs() {
        play(reel, 1, 30);
        assertThat(reel.ask(EVENT, seconds(3))).isTrue();
        assertThat(reel.add(picture(31)))
                .singleElement()
                .satisfies(cut ->
                        assertThat(times(cut)).containsExactly(20L, 21L, 22L, 23L, 24L, 25L));
    }

    @Test
    void whatIsThereIsKeptWhenTheCameraStops() {
        play(reel, 1, 4);
        assertThat(reel.ask(EVENT, seconds(4))).isTrue();
        assertThat(reel.end())
                .singleElement()
                .satisfies(cut -> assertThat(times(cut)).containsExactly(2L, 3L, 4L));
        assertThat(reel.bytes()).isZero();
        assertThat(reel.end()).isEmpty();
    }

    @Test
    void twoPeopleAtOnceHaveAFilmEach() {
        EventId other = new EventId(new UUID(1, 2));
        play(reel, 1, 5);
        assertThat(reel.ask(EVENT, seconds(4))).isTrue();
        assertThat(reel.ask(other, seconds(5))).isTrue();
        assertThat(play(reel, 6, 10)).extracting(ClipCut::event).containsExactly(EVENT, other);
    }

    @Test
    void picturesReachNoFurtherBackThanFilmsDo() {
        play(reel, 1, 1000);
        // Two seconds, three, and five for events that come late.
        assertThat(reel.bytes()).isEqualTo(11 * BYTES);
    }

    @Test
    void theOldestPicturesGoWhenTheMemoryIsFull() {
        ClipReel small = new ClipReel(settings(3 * BYTES));
        play(small, 1, 10);
        assertThat(small.bytes()).isEqualTo(3 * BYTES);
        assertThat(small.ask(EVENT, seconds(10))).isTrue();
        assertThat(play(small, 11, 20))
                .singleElement()
                .satisfies(cut -> assertThat(times(cut)).containsExactly(10L, 11L, 12L, 13L));
    }

    @Test
    void forgottenPicturesAreInNoFilm() {
        play(reel, 1, 10);
        assertThat(reel.ask(EVENT, seconds(10))).isTrue();
        reel.forget();
        assertThat(play(reel, 11, 13))
                .singleElement()
                .satisfies(cut -> assertThat(times(cut)).containsExactly(11L, 12L, 13L));
    }

    @Test
    void onlySoManyFilmsAreWaitedFor() {
        reel.add(picture(1));
        for (int i = 0; i < ClipReel.MOST_WAITING; i++) {
            assertThat(reel.ask(new EventId(new UUID(2, i)), seconds(1))).isTrue();
        }
        assertThat(reel.ask(EVENT, seconds(1))).isFalse();
        assertThat(reel.end()).hasSize(ClipReel.MOST_WAITING);
    }

    @Test
    void withoutPicturesThereIsNoFilm() {
        assertThat(reel.ask(EVENT, seconds(1))).isTrue();
        assertThat(reel.end()).isEmpty();
    }
}
