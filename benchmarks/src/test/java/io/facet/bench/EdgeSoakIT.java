package io.facet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.HubClient;
import io.facet.cli.client.HubClient.Answer;
import io.facet.config.Places;
import io.facet.edge.up.DemoPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real agent with four cameras that show clips without end: how long it takes to be ready, and
 * that its memory stays flat for a quarter of an hour ({@code facet.edge.soak.seconds}).
 *
 * <p>Flat is as in {@link SoakIT}: over the last two thirds, what lives on the heap after a full
 * collection and what is resident rise by less than a tenth.
 */
@Tag("long")
class EdgeSoakIT {
    private static final Duration TIME =
            Duration.ofSeconds(Long.getLong("facet.edge.soak.seconds", 900));
    private static final int SAMPLES = 30;
    private static final int STARTS = 5;
    private static final double FLAT = 0.1;
    private static final String BOX = "box-soak";

    private static final List<String> CLIPS =
            List.of(
                    "head-pose-face-detection-female.preview.mp4",
                    "head-pose-face-detection-female-and-male.preview.mp4",
                    "classroom.preview.mp4",
                    "one-by-one-person-detection.mp4");

    @TempDir private Path data = Path.of("");

    private final Places places = Places.find(System.getenv(), Path.of(""));
    private Path clips = Path.of("");

    @BeforeEach
    void needsClips() {
        clips = places.testData().orElse(Path.of("none")).resolve("intel-videos");
        assumeThat(CLIPS).as("clips in " + clips).allMatch(c -> Files.exists(clips.resolve(c)));
    }

    @Test
    void fourCamerasLeaveTheAgentsMemoryFlat() throws Exception {
        try (HubProcess hub = hub()) {
            Path box = register(hub.client());
            cameras(hub.client());
            try (EdgeProcess agent = EdgeProcess.start(places.home(), box, hub.base(), Map.of())) {
                soak(agent, hub.client());
                assertThat(agent.log()).doesNotContain(" ERROR ");
            }
        }
    }

    @Test
    void anAgentIsReadyAgainSoon() throws Exception {
        try (HubProcess hub = hub()) {
            Path box = register(hub.client());
            for (String cache : List.of("off", "on")) {
                List<String> starts = new ArrayList<>();
                for (int i = 0; i < STARTS; i++) {
                    try (EdgeProcess agent =
                            EdgeProcess.start(
                                    places.home(), box, hub.base(), Map.of("FACET_AOT", cache))) {
                        starts.add(
                                String.format(
                                        Locale.ROOT,
                                        "%.2f s (CPU %.2f s)",
                                        agent.secondsToReady(),
                                        agent.cpuSecondsToReady()));
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "./facet edge to ready, AOT cache %s: first %s, then %s; load average %.1f%n",
                        cache,
                        starts.getFirst(),
                        starts.subList(1, STARTS),
                        HubCommand.loadAverage());
            }
        }
    }

    private HubProcess hub() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(data.resolve("hub"));
        return HubProcess.start(places.home(), folder, "open", Map.of());
    }

    private Path register(HubClient hub) throws IOException {
        Path box = Files.createDirectories(data.resolve("agent"));
        String key =
                hub.post("/api/v1/devices", Map.of("agent_id", BOX))
                        .orThrow()
                        .path("device_key")
                        .asText();
        Files.writeString(box.resolve("device-key"), key);
        return box;
    }

    private void cameras(HubClient hub) {
        places.testData()
                .map(DemoPictures::of)
                .orElse(List.of())
                .forEach(picture -> {
                    Answer _ = hub.register("Ada", picture.bytes(), Map.of("on_duplicate", "link"));
                });
        for (String clip : CLIPS) {
            JsonNode _ =
                    hub.post(
                                    "/api/cameras",
                                    Map.of(
                                            "name",
                                            clip,
                                            "url",
                                            clips.resolve(clip).toUri().toString(),
                                            "agent_id",
                                            BOX))
                            .orThrow();
        }
    }

    private static void soak(EdgeProcess agent, HubClient hub) throws Exception {
        Trend heap = new Trend();
        Trend resident = new Trend();
        long start = System.nanoTime();
        for (int i = 0; i < SAMPLES; i++) {
            Thread.sleep(TIME.dividedBy(SAMPLES));
            double seconds = (System.nanoTime() - start) / 1e9;
            heap.add(seconds, LiveHeap.mb(agent.pid()));
            resident.add(seconds, ProcessMemory.proportionalBytes(agent.pid()) / 1e6);
        }
        List<String> kinds = kinds(hub);
        System.out.printf(
                Locale.ROOT,
                "agent with %d cameras, %d s: ready after %.1f s, %d of the last events are"
                        + " recognitions, load average %.1f%n",
                CLIPS.size(),
                TIME.toSeconds(),
                agent.secondsToReady(),
                kinds.stream().filter("face_recognized"::equals).count(),
                HubCommand.loadAverage());
        System.out.println(heap.line("heap after collection"));
        System.out.println(resident.line("resident"));
        JsonNode cameras = hub.get("/api/cameras").orThrow().path("cameras");
        for (JsonNode camera : cameras) {
            String id = camera.path("camera_id").asText();
            JsonNode funnel = hub.get("/api/v1/cameras/" + id + "/funnel").orThrow();
            System.out.println("  " + camera.path("name").asText() + " " + funnel);
            assertThat(funnel.path("frames").path("analysed").asLong()).isPositive();
        }
        assertThat(kinds).as("what the cameras saw").contains("face_recognized");
        assertThat(heap.rise()).as("rise of the heap").isLessThan(FLAT * heap.mean());
        assertThat(resident.rise()).as("rise of memory").isLessThan(FLAT * resident.mean());
    }

    private static List<String> kinds(HubClient hub) {
        List<String> kinds = new ArrayList<>();
        hub.get("/api/v1/events?limit=100")
                .orThrow()
                .path("events")
                .forEach(event -> kinds.add(event.path("kind").asText()));
        return kinds;
    }
}
