package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.LiveBox;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera's live picture over REST, from a box over the broker. */
@SuppressWarnings("NullAway.Init") // started before the tests
class LiveIT {
    private static final AgentId BOX = new AgentId("box-1");
    private static final UUID ADA = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");

    @TempDir static Path data;

    private static DevHub hub;
    private static Http http;
    private static HttpClient client;
    private static String[] viewer;
    private static String camera;
    private static LiveBox box;

    @BeforeAll
    static void start() throws Exception {
        hub = DevHub.in(data, new HubWebFront());
        http = new Http(hub.port());
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        viewer = key(Role.VIEWER, SiteScope.ALL);
        String[] admin = key(Role.ADMIN, SiteScope.ALL);
        String device =
                http.json("POST", "/api/v1/devices", Map.of("agent_id", "box-1"), admin)
                        .json()
                        .path("device_key")
                        .asText();
        camera = camera("Door", "rtsp://door/1", admin);
        box = LiveBox.connect(BOX, device, hub.services().mqtt(), CameraId.parse(camera));
        await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("streaming"));
        box.show(ADA);
    }

    @AfterAll
    static void stop() throws Exception {
        box.close();
        client.close();
        hub.close();
    }

    private static String camera(String name, String url, String... admin) {
        return http.json(
                        "POST",
                        "/api/v1/cameras",
                        Map.of("name", name, "url", url, "agent_id", "box-1"),
                        admin)
                .json()
                .path("camera_id")
                .asText();
    }

    private static String[] key(Role role, SiteScope sites) {
        return new String[] {
            "X-API-Key", hub.services().apiKeys().issue("k", role, sites).key().reveal()
        };
    }

    private static String state() {
        return http.get("/api/v1/cameras/" + camera, viewer).json().path("state").asText();
    }

    private static String snapshot(String query) {
        return "/api/v1/cameras/" + camera + "/snapshot.jpg" + query;
    }

    private static String stream(String query) {
        return "/api/v1/cameras/" + camera + "/stream.mjpeg" + query;
    }

    private static HttpResponse<InputStream> open(String path, String... headers)
            throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + hub.port() + path);
        return client.send(
                HttpRequest.newBuilder(address).headers(headers).build(),
                BodyHandlers.ofInputStream());
    }

    /** Reads one part as any client of such streams does: by its length. */
    private static String part(DataInputStream in) throws IOException {
        int length = -1;
        boolean dated = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
            dated |= line.equals("X-Captured-At: 1970-01-01T00:00:01Z");
        }
        assertThat(dated).isTrue();
        byte[] picture = new byte[length];
        in.readFully(picture);
        assertThat(line(in)).isEmpty();
        assertThat(line(in)).startsWith("--facet-picture");
        return new String(picture, StandardCharsets.US_ASCII);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.readByte(); b != '\n'; b = in.readByte()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private static long audited(String call, String outcome, String subject, String actor) {
        String[] admin = key(Role.ADMIN, SiteScope.ALL);
        JsonNode entries =
                http.get("/api/v1/audit?limit=1000&subject=" + subject + "&actor=" + actor, admin)
                        .json()
                        .path("entries");
        long count = 0;
        for (JsonNode entry : entries) {
            boolean fits =
                    entry.path("action").asText().equals(call)
                            && entry.path("outcome").asText().equals(outcome);
            count += fits ? 1 : 0;
        }
        return count;
    }

    /** Waits until a stream of this key has ended at the hub, and was written down with Ada. */
    private static void awaitEnd(String[] key) {
        String actor = key[1].substring(0, 11);
        String call = "GET /api/v1/cameras/{camera_id}/stream.mjpeg";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> audited(call, "read", ADA.toString(), actor) == 1);
        assertThat(audited(call, "begun", camera, actor)).isEqualTo(1);
    }

    @Test
    void aSnapshotIsWhatTheCameraSeesAndIsWrittenDown() {
        Answer plain = http.get(snapshot(""), viewer);
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.text()).isEqualTo("plain");
        assertThat(plain.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(plain.header("Cache-Control")).isEqualTo("no-store");
        assertThat(http.get(snapshot("?overlay=true"), viewer).text()).isEqualTo("overlay");
        assertThat(http.get(snapshot("?overlay=maybe"), viewer).code())
                .isEqualTo("invalid_argument");
        String actor = viewer[1].substring(0, 11);
        String call = "GET /api/v1/cameras/{camera_id}/snapshot.jpg";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> audited(call, "read", ADA.toString(), actor) == 2);
        assertThat(audited(call, "read", camera, actor)).isEqualTo(2);
    }

    @Test
    void aStreamIsPicturesOneByOneUntilTheViewerHangsUp() throws Exception {
        String[] key = key(Role.VIEWER, SiteScope.ALL);
        HttpResponse<InputStream> answer = open(stream("?overlay=true&fps=15"), key);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .isEqualTo("multipart/x-mixed-replace; boundary=facet-picture");
        try (DataInputStream in = new DataInputStream(answer.body())) {
            assertThat(line(in)).isEqualTo("--facet-picture");
            for (int i = 0; i < 5; i++) {
                assertThat(part(in)).isEqualTo("overlay");
            }
        }
        awaitEnd(key);
    }

    @Test
    void whoMayNotLookIsToldSo() {
        String[] elsewhere = key(Role.VIEWER, new SiteScope.Only(Set.of(new SiteId("oslo"))));
        assertThat(http.get(snapshot(""), elsewhere).status()).isEqualTo(404);
        assertThat(http.get(stream(""), elsewhere).code()).isEqualTo("not_found");
        assertThat(http.get(snapshot("")).status()).isEqualTo(401);
        assertThat(http.get(stream("?fps=16"), viewer).code()).isEqualTo("invalid_argument");
    }

    @Test
    void aCameraThatFailedSaysWhy() throws Exception {
        box.report("failed", "no route to camera");
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("failed"));
            Answer refused = http.get(stream(""), viewer);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("camera_unavailable");
            assertThat(refused.text()).contains("no route to camera");
        } finally {
            box.report("streaming", "");
            await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("streaming"));
        }
    }

    /** Three that take some seconds each, at once. */
    @Test
    void whoDoesNotReadAndWhoLostTheirKeyArePutOutAndASlowCameraIsCalledSo() throws Exception {
        String[] lazy = key(Role.VIEWER, SiteScope.ALL);
        String[] revoked = key(Role.VIEWER, SiteScope.ALL);
        box.pad(400_000);
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(8192);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.port()));
            deaf.getOutputStream()
                    .write(
                            ("GET "
                                            + stream("?fps=15")
                                            + " HTTP/1.1\r\nHost: h\r\nX-API-Key: "
                                            + lazy[1]
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            try (InputStream reading = open(stream("?fps=15"), revoked).body()) {
                CompletableFuture<Long> read =
                        CompletableFuture.supplyAsync(() -> readToEnd(reading));
                assertThat(hub.services().apiKeys().revoke(revoked[1].substring(0, 11))).isTrue();
                assertThat(read.get(60, java.util.concurrent.TimeUnit.SECONDS)).isPositive();
            }
            awaitEnd(revoked);
            awaitEnd(lazy);
            box.mute(true);
            // What was on its way may still come; then nothing does.
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> {
                        Answer slow = http.get(snapshot(""), viewer);
                        assertThat(slow.status()).isEqualTo(504);
                        assertThat(slow.code()).isEqualTo("camera_slow");
                    });
        } finally {
            box.pad(0);
            box.mute(false);
        }
    }

    private static long readToEnd(InputStream in) {
        try {
            return in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
