package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.Sightings;
import io.facet.hub.testing.TestBox;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.WireIds;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.CameraCounts;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.ReportedCamera;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics and health of the whole hub with the real database and the real broker. */
@SuppressWarnings("NullAway.Init") // started by each test
class MonitoringIT {
    private static final AgentId AGENT = new AgentId("box-1");

    @TempDir Path data;

    private HubServices services;
    private Http http;

    private String[] key(Role role) {
        return header(services.apiKeys().issue("test", role, SiteScope.ALL).key().reveal());
    }

    private static String[] header(String key) {
        return new String[] {"X-API-Key", key};
    }

    @Test
    void metricsTellWhatHappened() throws Exception {
        try (DevHub hub = DevHub.in(data, new HubWebFront())) {
            services = hub.services();
            http = new Http(hub.port());
            assertThat(http.get("/metrics").status()).isEqualTo(401);
            Face face =
                    ((EnrolOutcome.Enrolled)
                                    services.people()
                                            .enrol(Enrolment.of("Ada", FakePictures.of(1))))
                            .face();
            String deviceKey = services.devices().register(AGENT, SiteId.DEFAULT).key().reveal();
            CameraId camera =
                    services.cameras()
                            .add(
                                    new NewCamera(
                                            "Door",
                                            new CameraSource.Stream(URI.create("rtsp://x/y")),
                                            Optional.empty()),
                                    SiteScope.ALL)
                            .camera()
                            .id();
            try (TestBox box = TestBox.connect(AGENT, deviceKey, services.mqtt())) {
                box.state(
                        AgentState.newBuilder()
                                .setOnline(true)
                                .setReady(true)
                                .addCameras(streaming(camera))
                                .build());
                Event event =
                        box.wire(
                                new Sightings(AGENT, camera)
                                        .recognised(face, Instant.now(), new byte[] {1, 2}));
                box.send(event);
                box.send(event);
                Event broken = event.toBuilder().setSequence(0).build();
                assertThat(box.send(broken).getRejectedCount()).isEqualTo(1);
                http.get("/api/v1/people/" + face.person(), key(Role.VIEWER));
                http.get("/api/there-is-none", key(Role.VIEWER));
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertMetrics(text(Role.SERVICE)));
            }
            assertThat(text(Role.ADMIN)).contains("jvm_memory_used_bytes", "process_cpu_usage");
            String limited =
                    services.apiKeys()
                            .issue(
                                    "one site",
                                    Role.ADMIN,
                                    new SiteScope.Only(Set.of(SiteId.DEFAULT)))
                            .key()
                            .reveal();
            assertThat(http.get("/metrics", header(limited)).status()).isEqualTo(403);
        }
    }

    private static ReportedCamera streaming(CameraId camera) {
        return ReportedCamera.newBuilder()
                .setCameraId(WireIds.bytes(camera.value()))
                .setState("streaming")
                .setCounts(
                        CameraCounts.newBuilder()
                                .setFramesAnalysed(5)
                                .putIgnoredFaces("masked", 2)
                                .putQualityFailures("sharpness", 3))
                .build();
    }

    private String text(Role role) {
        Answer answer = http.get("/metrics", key(role));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        return answer.text();
    }

    private static void assertMetrics(String text) {
        assertThat(text)
                .contains("facet_events_received_total{kind=\"face_recognized\"} 1.0")
                .contains("facet_events_duplicates_total 1.0")
                .contains("facet_events_rejected_total{code=\"invalid_argument\"} 1.0")
                .contains("facet_events_shown_total{type=\"face_recognized\"} 1.0")
                .contains("facet_time_to_name_seconds_count 1")
                .contains("facet_ingest_commit_seconds_count 2")
                .contains("facet_index_faces 1.0")
                .contains("facet_index_revision 1.0")
                .contains("facet_gallery_revision 1.0")
                .contains("facet_device_gallery_lag{agent_id=\"box-1\"} 1.0")
                .contains("facet_device_online{agent_id=\"box-1\"} 1.0")
                .contains("facet_cameras{state=\"streaming\"} 1.0")
                .contains("outcome=\"analysed\"} 5.0")
                .contains("stage=\"masked\"} 2.0")
                .contains("component=\"sharpness\"} 3.0")
                .contains("facet_broker_connected 1.0")
                .contains("facet_inference_seconds_count{stage=\"embed\"} 1")
                .contains("facet_queue_capacity{queue=\"socket_io\"} 1000.0")
                .contains("route=\"/api/v1/people/{person_id}\",status=\"200\"")
                .contains("route=\"unmatched\",status=\"404\"")
                .doesNotContain("there-is-none");
        assertThat(value(text, "facet_database_size_bytes")).isGreaterThan(1e6);
        assertThat(value(text, "facet_disk_free_bytes")).isPositive();
        assertThat(value(text, "facet_database_pool_connections{state=\"idle\"}")).isPositive();
    }

    private static double value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    @Test
    void aDatabaseThatDiesIsNamedToWhoeverShowedACredentialBefore() throws Exception {
        DevHub hub = DevHub.in(data, new HubWebFront());
        try {
            services = hub.services();
            http = new Http(hub.port());
            String[] viewer = key(Role.VIEWER);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> http.get("/health/ready", viewer).status() == 200);
            Answer before = http.get("/health/ready", viewer);
            assertThat(before.json().path("parts").findValuesAsText("name"))
                    .containsExactly(
                            "database", "broker", "edge_conversation", "index", "vision", "disk");
            assertThat(http.get("/health/started", viewer).json().path("parts")).isNotEmpty();
            stopDatabase();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> http.get("/health/ready").status() == 503);
            assertThat(http.get("/health/ready").text()).isEqualTo("{\"status\":\"down\"}");
            JsonNode after = http.get("/health/ready", viewer).json();
            assertThat(after.path("parts"))
                    .anySatisfy(part -> {
                        assertThat(part.path("name").asText()).isEqualTo("database");
                        assertThat(part.path("ok").asBoolean(true)).isFalse();
                        assertThat(part.path("detail").asText()).isNotBlank();
                    });
            assertThat(http.get("/health/ready", "X-API-Key", "wrong").text())
                    .isEqualTo("{\"status\":\"down\"}");
            assertThat(http.get("/health/live").status()).isEqualTo(200);
        } finally {
            hub.close();
        }
    }

    /** Ends the server this test started, by the process id it left in its own folder. */
    private void stopDatabase() throws Exception {
        Path file;
        try (var files = Files.walk(data.resolve("postgres"), 3)) {
            file =
                    files.filter(f -> f.getFileName().toString().equals("postmaster.pid"))
                            .findFirst()
                            .orElseThrow();
        }
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        assertThat(server.destroyForcibly()).isTrue();
    }
}
