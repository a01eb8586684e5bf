package io.facet.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.facet.edge.uplink.CrashChild;
import io.facet.hub.testing.Mosquitto;
import io.facet.hub.testing.TestBox;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A box is killed at random moments, its line is cut, delayed and loses what is said, the broker
 * and the hub are killed, and batches of before come again in the wrong order: what the box was
 * told to be safe is in the hub's database, once, and what waited is marked.
 */
class FaultLoopIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final AgentId BOX = new AgentId(CrashChild.AGENT);

    /** Rounds between two kills of the broker and the hub, which take seconds each. */
    private static final int CALM = 6;

    private static final int REPLAY_EVERY = 3;
    private static final int REPLAYED = 6;

    /** What happens to the line while the box runs, beside the box's own end. */
    private enum Fault {
        KILLED_EARLY,
        CUTS,
        AWAY,
        LOST_BATCHES,
        LOST_ACKNOWLEDGEMENTS,
        DELAY,
        BROKER_KILLED,
        HUB_KILLED
    }

    @TempDir private Path folder = Path.of("");

    private final Random random = new Random(20260501);
    private final Heard heard = new Heard(random);
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<Fault> deck = new ArrayList<>();
    private long acknowledged;
    private int replayed;

    @Test
    void twentyRoundsLoseNothingAndDoubleNothing() throws Exception {
        embedded(20);
    }

    @Test
    @Tag("long")
    void twoHundredRoundsLoseNothingAndDoubleNothing() throws Exception {
        embedded(200);
    }

    @Test
    @Tag("long")
    void sixtyRoundsOverMosquittoWithTlsLoseNothingAndDoubleNothing() throws Exception {
        assumeThat(Mosquitto.isInstalled()).as("Mosquitto is installed").isTrue();
        try (HubSide side = HubSide.WithMosquitto.start(folder)) {
            loop(side, 60);
        }
    }

    private void embedded(int rounds) throws Exception {
        try (HubSide side = new HubSide.Embedded(Files.createDirectories(folder.resolve("hub")))) {
            loop(side, rounds);
        }
    }

    private void loop(HubSide side, int rounds) throws Exception {
        String key = side.admit();
        try (FaultyLine line =
                new FaultyLine(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        () -> address(side),
                        side.tls(),
                        heard::connection)) {
            String scheme = side.tls().isPresent() ? "ssl" : "tcp";
            BoxProcess.Setup box =
                    new BoxProcess.Setup(
                            folder,
                            URI.create(scheme + "://127.0.0.1:" + line.port()),
                            key,
                            side.trusting());
            for (int round = 1; round <= rounds; round++) {
                round(box, line, side, fault(round));
                if (round % REPLAY_EVERY == 0) {
                    replay(side, key);
                }
            }
            assertThat(BoxProcess.draining(box, heard).ends(PATIENCE.toSeconds()))
                    .as("the box gets rid of all it holds; see its log")
                    .isTrue();
        }
        check(side, rounds);
    }

    private static InetSocketAddress address(HubSide side) {
        try {
            URI broker = side.broker();
            return new InetSocketAddress(broker.getHost(), broker.getPort());
        } catch (IOException starting) {
            // Nobody listens there: the connection fails as it would.
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }
    }

    /** In turn the slow ones; in between the others, each as often, in no order. */
    private Fault fault(int round) {
        if (round % CALM == 0) {
            return round / CALM % 2 == 0 ? Fault.HUB_KILLED : Fault.BROKER_KILLED;
        }
        if (deck.isEmpty()) {
            deck.addAll(EnumSet.range(Fault.KILLED_EARLY, Fault.DELAY));
            Collections.shuffle(deck, random);
        }
        return deck.removeLast();
    }

    /** One life of the box. */
    private void round(BoxProcess.Setup setup, FaultyLine line, HubSide side, Fault fault)
            throws Exception {
        faults.merge(fault, 1, Integer::sum);
        line.shut(fault == Fault.AWAY);
        BoxProcess box = BoxProcess.recording(setup, heard);
        try {
            boolean speaks = fault != Fault.KILLED_EARLY && fault != Fault.AWAY;
            // How long it lives from there on is chance.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .failFast("the box ended", () -> !box.alive())
                    .until(() -> box.acknowledged() > 0 && (!speaks || heard.speaks()));
            happen(fault, line, side);
            pause(20, 900);
        } finally {
            acknowledged = Math.max(acknowledged, box.kill());
            line.cut();
            line.shut(false);
            line.loseRequests(false);
            line.loseAnswers(false);
            line.delay(Duration.ZERO);
        }
    }

    private void happen(Fault fault, FaultyLine line, HubSide side) throws Exception {
        switch (fault) {
            case KILLED_EARLY, AWAY -> {}
            case CUTS -> {
                for (int i = 0; i < 3; i++) {
                    pause(20, 700);
                    line.cut();
                }
            }
            case LOST_BATCHES -> {
                pause(20, 600);
                line.loseRequests(true);
            }
            case LOST_ACKNOWLEDGEMENTS -> {
                pause(20, 600);
                line.loseAnswers(true);
                pause(20, 600);
            }
            case DELAY -> line.delay(Duration.ofMillis(random.nextInt(20, 300)));
            case BROKER_KILLED -> side.crashBroker();
            case HUB_KILLED -> side.crashHub();
        }
    }

    /** Batches of before come again, as if they had been long on their way, in any order. */
    private void replay(HubSide side, String key) throws Exception {
        List<byte[]> batches = heard.someBatches(REPLAYED);
        TestBox twin = TestBox.connect(BOX, key, side.broker(), side.tls());
        try {
            // A broker that was just killed may drop them for want of a hub that listens.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(2))
                    .pollDelay(Duration.ZERO)
                    .until(() -> {
                        for (byte[] batch : batches) {
                            twin.publish(Topics.events(BOX), batch, false);
                        }
                        replayed += batches.size();
                        pause(200, 400);
                        return twin.acks() >= batches.size();
                    });
            while (twin.acks() > 0) {
                assertThat(twin.ack().getRejectedList()).isEmpty();
            }
        } finally {
            twin.die();
        }
    }

    private void pause(int least, int most) throws InterruptedException {
        Thread.sleep(random.nextInt(least, most));
    }

    private void check(HubSide side, int rounds) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat((long) stored(side).rows().size())
                                .isGreaterThanOrEqualTo(acknowledged));
        StoredEvents stored = stored(side);
        System.out.printf(
                "rounds %d %s: events acknowledged to the box %d, stored at the hub %d, said %d"
                        + " times, batches played again %d, marked historical %d%n",
                rounds,
                faults,
                acknowledged,
                stored.rows().size(),
                heard.times(),
                replayed,
                stored.historical());
        assertThat(acknowledged).as("something was recorded").isGreaterThan(rounds);
        assertThat(replayed).as("something came again").isPositive();
        stored.assertCompleteAndOnce(acknowledged);
        System.out.printf("marked by the hub alone: %d%n", stored.assertAsHeard(heard));
        assertThat(stored.historical()).as("marked historical").isPositive();
    }

    private static StoredEvents stored(HubSide side) throws Exception {
        return StoredEvents.of(side.data, CrashChild.AGENT);
    }
}
