package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.facet.hub.HubWebFront;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.Receiver;
import io.facet.hub.testing.TestBox;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.WireIds;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.ReportedCamera;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A camera goes down and comes back, and everybody who should hears of it. */
@SuppressWarnings("NullAway.Init") // started by the test
class AlertsIT {
    private static final AgentId AGENT = new AgentId("box-1");

    @TempDir Path data;

    private HubServices services;
    private Http http;

    private static String config(int smtpPort) {
        return """
        {"alerts": {"interval": 1, "resolve_after": 1,
                    "camera_down": {"for_duration": 1, "severity": "critical"}},
         "webhooks": {"allow_private": true},
         "email": {"host": "127.0.0.1", "port": %d, "security": "none",
                   "from": "hub@facet.test", "to": ["guard@facet.test"]}}
        """
                .formatted(smtpPort);
    }

    private String[] key(Role role, SiteScope sites) {
        String key = services.apiKeys().issue("Ada", role, sites).key().reveal();
        return new String[] {"X-API-Key", key};
    }

    private static AgentState streaming(CameraId camera, String state) {
        return AgentState.newBuilder()
                .setOnline(true)
                .setReady(true)
                .addCameras(
                        ReportedCamera.newBuilder()
                                .setCameraId(WireIds.bytes(camera.value()))
                                .setState(state)
                                .setReason(state.equals("streaming") ? "" : "no route to host"))
                .build();
    }

    @Test
    void aCameraThatGoesDownIsToldAcknowledgedSilencedAndResolved() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try (Receiver receiver = Receiver.start();
                DevHub hub = DevHub.in(data, new HubWebFront(), config(mail.getSmtp().getPort()))) {
            services = hub.services();
            http = new Http(hub.port());
            String[] operator = key(Role.OPERATOR, SiteScope.ALL);
            String[] viewer = key(Role.VIEWER, SiteScope.ALL);
            String[] elsewhere =
                    key(Role.OPERATOR, new SiteScope.Only(Set.of(new SiteId("elsewhere"))));
            services.monitoring()
                    .webhooks()
                    .add(
                            receiver.url(),
                            "",
                            Set.of("alert_raised", "alert_resolved"),
                            SiteScope.ALL);
            Poll live = new Poll(viewer[1]);
            Poll liveElsewhere = new Poll(elsewhere[1]);
            String deviceKey = services.devices().register(AGENT, SiteId.DEFAULT).key().reveal();
            CameraId camera =
                    services.cameras()
                            .add(
                                    new NewCamera(
                                            "Gate\r\nBcc: x@y",
                                            new CameraSource.Stream(URI.create("rtsp://x/y")),
                                            Optional.of(AGENT)),
                                    SiteScope.ALL)
                            .camera()
                            .id();
            try (TestBox box = TestBox.connect(AGENT, deviceKey, services.mqtt())) {
                box.state(streaming(camera, "failed"));
                JsonNode raised =
                        receiver.await(call ->
                                        call.event().equals("alert_raised")
                                                && call.body().contains(camera.toString()))
                                .json()
                                .path("data");
                assertThat(raised.path("rule").asText()).isEqualTo("camera_down");
                assertThat(raised.path("subject").asText()).isEqualTo(camera.toString());
                live.await("alert_raised");
                String path = "/api/v1/alerts/" + raised.path("alert_id").asText();
                Answer firing = http.get("/api/v1/alerts?state=firing&rule=camera_down", viewer);
                assertThat(firing.json().path("alerts").findValuesAsText("subject"))
                        .containsExactly(camera.toString());
                assertThat(http.get(path, elsewhere).status()).isEqualTo(404);
                assertThat(http.json("POST", path + "/acknowledge", Map.of(), viewer).status())
                        .isEqualTo(403);
                assertThat(
                                http.json("POST", path + "/acknowledge", Map.of(), operator)
                                        .json()
                                        .path("acknowledged_by")
                                        .asText())
                        .isEqualTo("Ada");
                assertThat(silence(path, "soon", operator).status()).isEqualTo(400);
                assertThat(silence(path, "2001-01-01T00:00:00Z", operator).status()).isEqualTo(400);
                String until = Instant.now().plusSeconds(3600).toString();
                assertThat(silence(path, until, operator).json().has("silenced_until")).isTrue();
                assertThat(http.delete(path + "/silence", operator).json().has("silenced_until"))
                        .isFalse();
                assertThat(http.get("/api/v1/alert-rules", viewer).json().path("rules"))
                        .anySatisfy(rule -> {
                            assertThat(rule.path("rule").asText()).isEqualTo("certificate_expiry");
                            assertThat(rule.path("state").asText()).isEqualTo("no_data");
                        });
                await().atMost(Duration.ofSeconds(60)).until(() -> mails(mail).size() == 1);

                box.state(streaming(camera, "streaming"));
                receiver.await(call -> call.event().equals("alert_resolved"));
                live.await("alert_resolved");
                assertThat(http.get(path, viewer).json().path("state").asText())
                        .isEqualTo("resolved");
                await().atMost(Duration.ofSeconds(60)).until(() -> mails(mail).size() == 2);
            }
            assertThat(mails(mail).getFirst()).contains("critical: camera Gate");
            assertThat(mails(mail).getLast()).contains("resolved: camera Gate");
            assertThat(mail.getReceivedMessages()[0].getAllRecipients())
                    .extracting(Object::toString)
                    .containsExactly("guard@facet.test");
            assertThat(liveElsewhere.received()).doesNotContain("alert_raised");
        } finally {
            mail.stop();
        }
    }

    private Answer silence(String path, String until, String[] key) {
        return http.json("POST", path + "/silence", Map.of("until", until), key);
    }

    private static List<String> mails(GreenMail mail) {
        return Arrays.stream(mail.getReceivedMessages())
                .map(message -> {
                    try {
                        return message.getSubject();
                    } catch (jakarta.mail.MessagingException unreadable) {
                        throw new AssertionError(unreadable);
                    }
                })
                // Of others, such as a full disk, this test knows nothing.
                .filter(subject -> subject.contains("camera Gate"))
                .toList();
    }

    /** A viewer who polls. */
    private final class Poll {
        private final String session;
        private final StringBuilder text = new StringBuilder();

        Poll(String token) {
            String open = http.get("/socket.io/?EIO=4&transport=polling").text();
            session = open.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
            Answer entered =
                    http.raw(
                            "POST",
                            "/socket.io/?EIO=4&transport=polling&sid=" + session,
                            "text/plain",
                            ("40{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8));
            assertThat(entered.status()).isEqualTo(200);
            await("40{");
        }

        void await(String wanted) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (text.indexOf(wanted) < 0) {
                assertThat(System.nanoTime()).as("no " + wanted).isLessThan(deadline);
                poll();
            }
        }

        private void poll() {
            String came = http.get("/socket.io/?EIO=4&transport=polling&sid=" + session).text();
            text.append(came);
            if (came.startsWith("2") || came.contains("\u001e2")) {
                http.raw(
                        "POST",
                        "/socket.io/?EIO=4&transport=polling&sid=" + session,
                        "text/plain",
                        "3".getBytes(StandardCharsets.UTF_8));
            }
        }

        /** What has come; waits for the next packet, a ping at the latest. */
        String received() {
            poll();
            return text.toString();
        }
    }
}
