package io.facet.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.config.Places;
import io.facet.edge.up.DemoPictures;
import io.facet.proof.Namespaces.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub and two boxes that joined it, each in a network namespace, over links that are cut, slow,
 * lossy and late; the cameras show a real clip. Skipped where namespaces cannot be made.
 */
class ThreeNamespacesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LATE_MS = 80;

    @TempDir private Path folder = Path.of("");

    private Path testData = Path.of("");

    @SuppressWarnings("NullAway.Init") // made before every test
    private Namespaces namespaces;

    /** A box and its camera. */
    private record Seeing(NetBox box, String camera) {}

    @BeforeEach
    void needsNamespacesAndTheDemoClips() throws Exception {
        testData = Places.find(System.getenv(), Path.of("")).testData().orElse(Path.of("none"));
        assumeThat(DemoPictures.scene(testData)).as("the demo clips").exists();
        Namespaces.Made made = Namespaces.make();
        assumeThat(made.namespaces())
                .as("network namespaces can be made: %s", made.whyNot())
                .isPresent();
        namespaces = made.namespaces().orElseThrow();
    }

    @AfterEach
    @SuppressWarnings("ConstantValue") // a skipped test has made none
    void remove() throws Exception {
        if (namespaces != null) {
            namespaces.close();
        }
    }

    @Test
    void aBoxThatWasCutOffGoesOnAndCatchesUp() throws Exception {
        proof(false);
    }

    @Test
    @Tag("long")
    void linksThatAreCutSlowLossyAndLateLoseNothing() throws Exception {
        proof(true);
    }

    private void proof(boolean thorough) throws Exception {
        try (NetHub hub = NetHub.start(namespaces, folder.resolve("hub"))) {
            Process late = delayB(hub);
            try (NetBox a = join(hub, Place.A);
                    NetBox b = join(hub, Place.B)) {
                Seeing seeingA = seeing(hub, a);
                Seeing seeingB = seeing(hub, b);
                awaitEvents(hub, seeingA, 1);
                awaitEvents(hub, seeingB, 1);
                cutAndEnrol(hub, seeingA, seeingB, thorough);
                if (thorough) {
                    throttleAndLose(hub, seeingA, seeingB);
                }
                assertThat(NetBox.stop(List.of(a, b))).containsOnly(true);
                count(hub, seeingA);
                count(hub, seeingB);
            } finally {
                late.destroyForcibly().onExit().join();
            }
            assertThat(hub.alive()).isTrue();
        }
    }

    /** All that box B says and hears takes a while. */
    private Process delayB(NetHub hub) throws Exception {
        namespaces.redirect(Place.B, hub.port("http"), 7001);
        namespaces.redirect(Place.B, hub.port("mqtt"), 7002);
        List<String> command = new ArrayList<>(namespaces.enter(Place.B));
        command.addAll(
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Delay.class.getName(),
                        Integer.toString(LATE_MS),
                        Namespaces.HUB_BESIDE,
                        Integer.toString(hub.port("http")),
                        "7001",
                        Integer.toString(hub.port("mqtt")),
                        "7002"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("delay.log").toFile())
                .start();
    }

    private NetBox join(NetHub hub, Place place) throws IOException {
        return NetBox.join(namespaces, place, folder.resolve(NetBox.name(place)), hub.token(place));
    }

    private Seeing seeing(NetHub hub, NetBox box) {
        await(box.name() + " is online")
                .atMost(PATIENCE)
                .failFast(() -> assertThat(box.alive()).as(box.log()).isTrue())
                .ignoreExceptions()
                .until(() -> hub.online(box));
        return new Seeing(box, hub.camera(box, DemoPictures.scene(testData)));
    }

    private static void awaitEvents(NetHub hub, Seeing seeing, int atLeast) {
        await("events of " + seeing.box().name())
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(hub.events(seeing.camera()))
                                .hasSizeGreaterThanOrEqualTo(atLeast));
    }

    /** Box A is cut off while somebody is enrolled; box B hears of her at once, box A later. */
    private void cutAndEnrol(NetHub hub, Seeing a, Seeing b, boolean thorough) throws Exception {
        namespaces.cut(Place.A);
        long before = a.box().recorded();
        long sizeBefore = hub.device(a.box()).path("gallery_size").asLong();
        assertThat(hub.enrol("Ada", DemoPictures.of(testData))).as("faces enrolled").isPositive();
        await("box B knows Ada").atMost(PATIENCE).until(() -> recognised(hub, b) > 0);
        await("box A goes on recording").atMost(PATIENCE).until(() -> a.box().recorded() > before);
        assertThat(a.box().waiting()).as("events that wait on box A").isPositive();
        assertThat(recognised(hub, a)).isZero();
        assertThat(hub.device(a.box()).path("gallery_size").asLong()).isEqualTo(sizeBefore);
        if (thorough) {
            await("box A is offline at the hub").atMost(PATIENCE).until(() -> !hub.online(a.box()));
            assertThat(hub.online(b.box())).isTrue();
        } else {
            // Longer than an event may wait and still be live.
            Thread.sleep(Duration.ofSeconds(6));
        }
        long during = a.box().recorded();
        namespaces.mend(Place.A);
        await("box A has caught up")
                .atMost(PATIENCE)
                .until(() -> highest(hub, a) >= during && hub.online(a.box()));
        assertThat(hub.events(a.camera()))
                .filteredOn(event -> event.path("sequence").asLong() == before + 1)
                .as("what waited")
                .allMatch(event -> event.path("historical").asBoolean())
                .hasSize(1);
        await("box A knows Ada").atMost(PATIENCE).until(() -> recognised(hub, a) > 0);
    }

    /** Box A's link loses a fifth of the packets, box B's lets little through. */
    private void throttleAndLose(NetHub hub, Seeing a, Seeing b) throws Exception {
        namespaces.lose(Place.A, 20);
        namespaces.limit(Place.B, 4);
        int seenOfA = hub.events(a.camera()).size();
        int seenOfB = hub.events(b.camera()).size();
        awaitEvents(hub, a, seenOfA + 8);
        awaitEvents(hub, b, seenOfB + 8);
        System.out.printf(
                "dropped packets: %d of a lossy link, %d of a slow one%n",
                namespaces.dropped(Place.A), namespaces.dropped(Place.B));
        assertThat(namespaces.dropped(Place.A)).as("packets lost on the way").isPositive();
        assertThat(namespaces.dropped(Place.B)).as("packets over the limit").isPositive();
        namespaces.clear(Place.A);
        namespaces.clear(Place.B);
    }

    private static long recognised(NetHub hub, Seeing seeing) {
        return hub.events(seeing.camera()).stream()
                .filter(event -> event.path("kind").asText().equals("face_recognized"))
                .filter(event -> event.path("name").asText().equals("Ada"))
                .count();
    }

    private static long highest(NetHub hub, Seeing seeing) {
        return hub.events(seeing.camera()).stream()
                .mapToLong(event -> event.path("sequence").asLong())
                .max()
                .orElse(0);
    }

    /** All that the box ever recorded is at the hub, each once and in order of time. */
    private static void count(NetHub hub, Seeing seeing) {
        NetBox box = seeing.box();
        assertThat(box.dropped()).isZero();
        assertThat(box.waiting()).as("events left on %s", box.name()).isZero();
        List<JsonNode> events =
                hub.events(seeing.camera()).stream()
                        .sorted(Comparator.comparingLong(event -> event.path("sequence").asLong()))
                        .toList();
        long historical = events.stream().filter(e -> e.path("historical").asBoolean()).count();
        System.out.printf(
                "%s: %d events recorded, %d at the hub, %d of them historical, %d name Ada%n",
                box.name(), box.recorded(), events.size(), historical, recognised(hub, seeing));
        assertThat(events.stream().map(event -> event.path("sequence").asLong()))
                .as("each once, without a hole")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, box.recorded()).boxed().toList());
        assertThat(events.stream().map(event -> event.path("event_id").asText()))
                .doesNotHaveDuplicates();
    }
}
