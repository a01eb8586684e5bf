package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.camera.FairQueue.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queue and pace together, in simulated time: cameras at 15 frames a second, made-up costs. */
class FairSharesTest {
    private static final long STEP = 1_000_000;
    private static final long PERIOD = 67 * STEP;
    private static final long MINUTE = 60_000 * STEP;

    /** A camera, its one waiting frame, and the turn it has. */
    private static final class Sim {
        private final Place place = new Place();
        private final Pace pace = new Pace();
        private final long cost;
        private final long phase;
        private boolean waits;
        private long doneAt = -1;
        private int analysed;
        private int offered;
        private int missed;
        private long longestWait;
        private long waitsSince;

        Sim(int millis, int phase) {
            this.cost = millis * STEP;
            this.phase = phase * STEP;
        }

        double share() {
            return (double) analysed / offered;
        }
    }

    /** Plays a minute. */
    private static void play(int atOnce, List<Sim> cameras) {
        FairQueue queue = new FairQueue(atOnce);
        for (long now = 0; now < MINUTE; now += STEP) {
            for (Sim camera : cameras) {
                finish(queue, camera, now);
                arrive(queue, camera, cameras, atOnce, now);
            }
            begin(queue, cameras, now);
        }
    }

    private static void finish(FairQueue queue, Sim camera, long now) {
        if (camera.doneAt == now) {
            camera.doneAt = -1;
            camera.analysed++;
            camera.pace.spent(camera.cost);
            queue.end(camera.place, camera.cost);
        }
    }

    private static void arrive(
            FairQueue queue, Sim camera, List<Sim> cameras, int atOnce, long now) {
        if (now % PERIOD != camera.phase) {
            return;
        }
        camera.offered++;
        if (camera.waits || camera.doneAt >= 0) {
            camera.missed++;
            return;
        }
        camera.pace.offered(now, camera.missed);
        camera.missed = 0;
        double[] demands = cameras.stream().mapToDouble(c -> c.pace.demand(now)).toArray();
        double level = Pace.level(demands, 0.85 * atOnce);
        if (camera.pace.isDue(now, level, Double.POSITIVE_INFINITY, false)) {
            camera.waits = true;
            camera.waitsSince = now;
            queue.arrive(camera.place, false);
        }
    }

    private static void begin(FairQueue queue, List<Sim> cameras, long now) {
        while (queue.next().isPresent()) {
            Place place = queue.next().get();
            queue.begin(place);
            for (Sim camera : cameras) {
                if (camera.place == place) {
                    camera.waits = false;
                    camera.doneAt = now + camera.cost;
                    camera.longestWait = Math.max(camera.longestWait, now - camera.waitsSince);
                }
            }
        }
    }

    @Test
    void aBusyCameraDoesNotStarveQuietOnes() {
        Sim crowd = new Sim(150, 0);
        List<Sim> quiet = List.of(new Sim(10, 5), new Sim(10, 20), new Sim(10, 40));
        List<Sim> all = new ArrayList<>(quiet);
        all.add(crowd);
        play(2, all);
        assertThat(quiet).allSatisfy(c -> assertThat(c.share()).isGreaterThan(0.99));
        assertThat(crowd.analysed).isGreaterThan(200);
    }

    @Test
    void severalBusyCamerasShareEvenlyAndAQuietOneKeepsItsFrames() {
        List<Sim> crowds = List.of(new Sim(100, 0), new Sim(100, 15), new Sim(50, 30));
        Sim quiet = new Sim(8, 45);
        List<Sim> all = new ArrayList<>(crowds);
        all.add(quiet);
        play(1, all);
        // A turn is not taken away: while 100 ms of another run, a frame or two go by.
        assertThat(quiet.share()).isGreaterThan(0.6);
        long[] used = crowds.stream().mapToLong(c -> c.analysed * c.cost).toArray();
        assertThat((double) used[0] / used[1]).isBetween(0.8, 1.25);
        assertThat((double) used[2] / used[1]).isBetween(0.7, 1.4);
        assertThat(all).allSatisfy(c -> assertThat(c.analysed).isGreaterThan(60));
    }

    @Test
    void costsDecideAmongThoseWhoWaitNotTheNumberOfTurns() {
        FairQueue queue = new FairQueue(1);
        Place dear = new Place();
        Place cheap = new Place();
        int turnsOfCheap = 0;
        queue.arrive(dear, false);
        queue.arrive(cheap, false);
        for (int i = 0; i < 1100; i++) {
            Place next = queue.next().orElseThrow();
            queue.begin(next);
            turnsOfCheap += next == cheap ? 1 : 0;
            queue.end(next, next == cheap ? 10 : 100);
            queue.arrive(next, false);
        }
        assertThat(turnsOfCheap).isBetween(950, 1050);
    }

    @Test
    void urgencyComesFirstButOnlySoFar() {
        FairQueue queue = new FairQueue(1);
        Place urgent = new Place();
        Place usual = new Place();
        int inARow = 0;
        queue.arrive(usual, false);
        queue.arrive(urgent, true);
        while (queue.next().orElseThrow() == urgent) {
            queue.begin(urgent);
            queue.end(urgent, FairQueue.URGENCY / 4);
            queue.arrive(urgent, true);
            inARow++;
        }
        assertThat(inARow).isBetween(4, 5);
    }

    @Test
    void noMoreTurnsAreGivenThanThereAre() {
        FairQueue queue = new FairQueue(2);
        for (int i = 0; i < 3; i++) {
            queue.arrive(new Place(), false);
        }
        queue.begin(queue.next().orElseThrow());
        queue.begin(queue.next().orElseThrow());
        assertThat(queue.next()).isEmpty();
        assertThat(queue.waiting()).isEqualTo(1);
    }
}
