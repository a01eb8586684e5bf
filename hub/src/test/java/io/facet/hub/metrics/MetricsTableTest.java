package io.facet.hub.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.error.ErrorCode;
import io.facet.hub.cameras.CameraState;
import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.Funnel;
import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceGroups;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.events.EventStore.Entry;
import io.facet.hub.events.HubEvent;
import io.facet.hub.monitor.PoolState;
import io.facet.hub.monitor.Probes;
import io.facet.hub.monitor.QueueState;
import io.facet.hub.monitor.RequestObserver.Answered;
import io.facet.hub.monitor.Sample;
import io.facet.hub.testing.Sightings;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.FaceEvent;
import io.facet.model.FaceId;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import io.facet.vision.pipeline.StageObserver.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is exposed is what docs/operations.md says, no more and no less. */
class MetricsTableTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final CameraId CAMERA = new CameraId(new UUID(0x7000, 1));

    private final Probes probes = new Probes();
    private final List<Device> devices = new ArrayList<>();
    private final HubMetrics metrics =
            new HubMetrics(
                    new HubMetrics.Sources(
                            this::sample,
                            () -> new PoolState(1, 2, 3, 10),
                            () -> 7,
                            () -> 41,
                            () -> Map.of("web", NOW.plusSeconds(60)),
                            List::of,
                            List::of,
                            probes,
                            "test",
                            () -> NOW));

    @AfterEach
    void stop() {
        metrics.close();
    }

    private Sample sample() {
        return new Sample(
                NOW, devices, List.of(door()), 42, 1000, 500, 1000, true, probes.queues());
    }

    private static CameraView door() {
        Funnel counted =
                new Funnel(
                        NOW,
                        9,
                        1,
                        0,
                        2,
                        6,
                        0,
                        0,
                        5,
                        Map.of("masked", 1L),
                        1,
                        Map.of("sharpness", 2L),
                        2,
                        0,
                        2,
                        0,
                        0,
                        1);
        return new CameraView(
                new Camera(
                        CAMERA,
                        "Door",
                        SiteId.DEFAULT,
                        new AgentId("box"),
                        new CameraSource.Device(0)),
                new CameraState(
                        CameraState.Status.STREAMING,
                        "",
                        640,
                        360,
                        15,
                        Optional.of(NOW),
                        0,
                        Optional.of(counted)),
                NOW);
    }

    private static Device device(String agent, long revision) {
        return new Device(
                new AgentId(agent),
                SiteId.DEFAULT,
                NOW,
                true,
                Optional.of(NOW),
                DeviceGroups.NONE,
                Optional.of(
                        new DeviceReport(
                                "1",
                                "",
                                true,
                                "",
                                NOW,
                                revision,
                                3,
                                4,
                                5,
                                "",
                                Optional.empty(),
                                6,
                                Optional.of(0.4f),
                                Optional.of(51f),
                                "amd64",
                                List.of())));
    }

    private static HubEvent.FaceRecognized seen(Instant at, boolean simulated, boolean historical) {
        Sightings sightings = new Sightings(new AgentId("box"), CAMERA);
        var header = sightings.header(at);
        return new HubEvent.FaceRecognized(
                new FaceId(new UUID(1, 1)),
                "Ada",
                CAMERA,
                "Door",
                0.9f,
                at,
                new HubEvent.RecognitionDetails(
                        new PersonId(new UUID(2, 2)),
                        new TrackId(new UUID(3, 3)),
                        0.8f,
                        0.6f,
                        new HubEvent.Look(
                                Sightings.sighting(new byte[] {1}).box(),
                                640,
                                360,
                                0.7f,
                                new Liveness.NotPerformed(List.of("switched_off")),
                                3,
                                false),
                        new HubEvent.Origin(
                                header.id(),
                                SiteId.DEFAULT,
                                header.agent(),
                                at,
                                NOW,
                                simulated,
                                historical)));
    }

    /** Tells the metrics of one of everything. */
    private void tellAll() {
        devices.add(device("box-1", 40));
        probes.queue("event_inbox", () -> new QueueState(2, 128, 0));
        metrics.requests()
                .answered(
                        new Answered(
                                "rest",
                                "GET",
                                "/api/v1/people/{person_id}",
                                404,
                                Optional.of(ErrorCode.NOT_FOUND),
                                Duration.ofMillis(7)));
        for (Stage stage : Stage.values()) {
            metrics.stages().ran(stage, 3, Duration.ofMillis(4));
        }
        metrics.stages().attackSeen();
        metrics.ingest().rejected(ErrorCode.NOT_FOUND);
        FaceEvent event = new Sightings(new AgentId("box"), CAMERA).unknown(NOW, new byte[] {1});
        Entry entry = new Entry(event, NOW, NOW, false);
        metrics.events()
                .ingested(List.of(entry, entry), Set.of(event.header().id()), Duration.ofMillis(3));
        metrics.delivery("retried");
        metrics.mail("dead");
        metrics.live().shown(seen(NOW.minusMillis(600), false, false));
        metrics.live().shown(new HubEvent.Custom("whatever_somebody_likes", Map.of(), NOW));
    }

    /** A scrape after one of everything. */
    static String scrapeOfEverything() {
        MetricsTableTest all = new MetricsTableTest();
        try {
            all.tellAll();
            return all.metrics.text();
        } finally {
            all.stop();
        }
    }

    @Test
    void everyMetricIsDocumentedAndEveryDocumentedMetricIsExposed() throws IOException {
        tellAll();
        assertThat(exposed(metrics.text())).isEqualTo(documented());
    }

    /** Names of families; a histogram's own maximum goes with the histogram. */
    private static Set<String> exposed(String text) {
        Set<String> names =
                Pattern.compile("^# TYPE (facet_\\w+) (\\w+)$", Pattern.MULTILINE)
                        .matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        names.removeIf(name ->
                name.endsWith("_max") && names.contains(name.substring(0, name.length() - 4)));
        return names;
    }

    private static Set<String> documented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        return Pattern.compile("^\\| `(facet_\\w+)`", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void valuesAreWhatWasTold() {
        tellAll();
        String text = metrics.text();
        assertThat(text)
                .contains("facet_device_gallery_lag{agent_id=\"box-1\"} 2.0")
                .contains("facet_queue_depth{queue=\"event_inbox\"} 2.0")
                .contains("facet_events_received_total{kind=\"unknown_seen\"} 1.0")
                .contains("facet_events_duplicates_total 1.0")
                .contains("facet_events_rejected_total{code=\"not_found\"} 1.0")
                .contains("facet_errors_total{api=\"rest\",code=\"not_found\"} 1.0")
                .contains("facet_database_pool_connections{state=\"waiting\"} 3.0")
                .contains("facet_index_revision 41.0")
                .contains("facet_events_shown_total{type=\"custom\"} 1.0")
                .contains("facet_time_to_name_seconds_bucket{le=\"0.5\"} 0")
                .contains("facet_time_to_name_seconds_bucket{le=\"0.75\"} 1")
                .contains("route=\"/api/v1/people/{person_id}\"")
                .doesNotContain("whatever_somebody_likes");
    }

    @Test
    void historicalAndSimulatedEventsHaveNoTimeToName() {
        metrics.live().shown(seen(NOW.minusSeconds(3000), false, true));
        metrics.live().shown(seen(NOW.minusSeconds(3000), true, false));
        assertThat(metrics.text()).contains("facet_time_to_name_seconds_count 0");
    }

    @Test
    void aClockAheadCountsAsNoTimeAtAll() {
        metrics.live().shown(seen(NOW.plusSeconds(2), false, false));
        assertThat(metrics.text())
                .contains("facet_time_to_name_seconds_bucket{le=\"0.1\"} 1")
                .contains("facet_time_to_name_seconds_sum 0.0");
    }

    @Test
    void devicesThatWentAreGoneAndTheirNumberIsBounded() {
        IntStream.range(0, StateMeters.MOST_DEVICES + 20)
                .forEach(i -> devices.add(device("box-" + i, 42)));
        assertThat(metrics.text().lines().filter(l -> l.startsWith("facet_device_online{")))
                .hasSize(StateMeters.MOST_DEVICES);
        assertThat(metrics.text())
                .contains("facet_devices{state=\"online\"} " + (StateMeters.MOST_DEVICES + 20));
        devices.removeIf(device -> !device.agent().value().equals("box-3"));
        assertThat(metrics.text().lines().filter(l -> l.startsWith("facet_device_online{")))
                .containsExactly("facet_device_online{agent_id=\"box-3\"} 1.0");
    }
}
