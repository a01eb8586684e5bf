package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.Receiver;
import io.facet.hub.testing.Receiver.Received;
import io.facet.hub.testing.Sightings;
import io.facet.hub.web.Http.Answer;
import io.facet.hub.webhooks.Signature;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.FaceEvent;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of the whole hub, against a receiver that this test is. */
@SuppressWarnings("NullAway.Init") // started by each test
class WebhooksIT {
    private static final String CONFIG =
            """
            {"webhooks": {"allow_private": true, "timeout": 5, "first_backoff": 0.2,
                          "max_backoff": 1, "max_attempts": 3}}
            """;
    private static final AgentId AGENT = new AgentId("box-1");

    @TempDir Path data;

    private DevHub hub;
    private HubServices services;
    private Http http;
    private String[] admin;

    private void start(String config) {
        hub = DevHub.in(data, new HubWebFront(), config);
        services = hub.services();
        http = new Http(hub.port());
        admin = key(Role.ADMIN);
    }

    private String[] key(Role role) {
        String key = services.apiKeys().issue("test", role, SiteScope.ALL).key().reveal();
        return new String[] {"X-API-Key", key};
    }

    private JsonNode webhook(Receiver receiver, String... events) {
        Answer made =
                http.json(
                        "POST",
                        "/api/v1/webhooks",
                        Map.of("url", receiver.url().toString(), "events", List.of(events)),
                        admin);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    private Face enrol(int number, String name) {
        return ((EnrolOutcome.Enrolled)
                        services.people().enrol(Enrolment.of(name, FakePictures.of(number))))
                .face();
    }

    private CameraId camera() {
        services.devices().register(AGENT, SiteId.DEFAULT);
        return services.cameras()
                .add(
                        new NewCamera(
                                "Door",
                                new CameraSource.Stream(URI.create("rtsp://x/y")),
                                Optional.of(AGENT)),
                        SiteScope.ALL)
                .camera()
                .id();
    }

    @Test
    void eventsAreSignedTriedAgainAndDeliveredAfterARestart() throws Exception {
        start(CONFIG);
        FaceEvent.Recognised seen;
        int port;
        JsonNode all;
        try (Receiver receiver = Receiver.start()) {
            port = receiver.port();
            receiver.answer(before -> before == 0 ? 500 : before == 1 ? 302 : 204);
            all = webhook(receiver);
            String id = all.path("webhook_id").asText();
            Face ada = enrol(1, "Ada");
            Received third = receiver.await(call -> call.attempt().equals("3"));
            assertThat(third.event()).isEqualTo("face_added");
            assertThat(third.json().path("data").path("face_id").asText())
                    .isEqualTo(ada.id().toString());
            assertSigned(third, all.path("secret").asText());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> deliveries(id, "delivered").size() == 1);
            assertThat(deliveries(id, "delivered").path(0).path("attempts").asInt()).isEqualTo(3);

            // Without a receiver: tried in vain until it is a dead letter, then sent again by hand.
            receiver.answer(_ -> 503);
            http.json("POST", "/api/v1/webhooks/" + id + "/test", Map.of(), admin);
            await().atMost(Duration.ofSeconds(60)).until(() -> deliveries(id, "dead").size() == 1);
            JsonNode dead = deliveries(id, "dead").path(0);
            assertThat(dead.path("last_status").asInt()).isEqualTo(503);
            receiver.answer(_ -> 204);
            Answer again =
                    http.json(
                            "POST",
                            "/api/v1/webhooks/"
                                    + id
                                    + "/deliveries/"
                                    + dead.path("delivery_id").asText()
                                    + "/redeliver",
                            Map.of(),
                            admin);
            assertThat(again.status()).as(again.text()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> deliveries(id, "delivered").size() == 2);
            assertThat(
                            receiver.received()
                                    .getLast()
                                    .json()
                                    .path("data")
                                    .path("simulated")
                                    .asBoolean())
                    .isTrue();
            receiver.answer(_ -> 500);
            seen = new Sightings(AGENT, camera()).recognised(ada, Instant.now(), new byte[] {1});
            services.events().ingest(List.of(new ReceivedEvent(seen, false)));
        }
        hub.close();
        start(CONFIG.replace("\"max_attempts\": 3", "\"max_attempts\": 30"));
        try (Receiver receiver = Receiver.startAt(port)) {
            redeliverDead(all.path("webhook_id").asText());
            Received recognised = receiver.await(call -> call.event().equals("face_recognized"));
            JsonNode event = recognised.json().path("data");
            assertThat(event.path("event_id").asText()).isEqualTo(seen.header().id().toString());
            assertThat(event.path("name").asText()).isEqualTo("Ada");
            assertThat(event.path("camera_name").asText()).isEqualTo("Door");
            assertSigned(recognised, all.path("secret").asText());
        } finally {
            hub.close();
        }
    }

    /** Three attempts may be over before the hub has closed. */
    private void redeliverDead(String id) {
        deliveries(id, "dead")
                .forEach(dead ->
                        http.json(
                                "POST",
                                "/api/v1/webhooks/"
                                        + id
                                        + "/deliveries/"
                                        + dead.path("delivery_id").asText()
                                        + "/redeliver",
                                Map.of(),
                                admin));
    }

    private JsonNode deliveries(String webhook, String state) {
        return http.get("/api/v1/webhooks/" + webhook + "/deliveries?state=" + state, admin)
                .json()
                .path("deliveries");
    }

    private static void assertSigned(Received call, String secret) {
        Instant at = Instant.ofEpochSecond(Long.parseLong(call.signature().substring(2, 12)));
        assertThat(call.signature())
                .isEqualTo(
                        Signature.of(
                                secret.getBytes(StandardCharsets.US_ASCII),
                                at,
                                call.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void filtersHoldASlowReceiverHurtsNobodyAndErasedPeopleAreNotTold() throws Exception {
        start(CONFIG);
        try (Receiver slow = Receiver.start();
                Receiver quick = Receiver.start()) {
            slow.answer(_ -> {
                pause();
                return 204;
            });
            webhook(slow);
            JsonNode some = webhook(quick, "face_recognized", "face_deleted");
            Face grace = enrol(2, "Grace");
            FaceEvent seen =
                    new Sightings(AGENT, camera()).recognised(grace, Instant.now(), new byte[] {1});
            services.events().ingest(List.of(new ReceivedEvent(seen, false)));
            quick.await(call -> call.event().equals("face_recognized"));
            assertThat(quick.received()).noneMatch(call -> call.event().equals("face_added"));

            quick.answer(_ -> 500);
            FaceEvent later =
                    new Sightings(AGENT, seen.header().camera())
                            .recognised(grace, Instant.now(), new byte[] {1});
            services.events().ingest(List.of(new ReceivedEvent(later, false)));
            services.people().erase(grace.person());
            quick.answer(_ -> 204);
            quick.await(call -> call.event().equals("face_deleted"));
            String id = some.path("webhook_id").asText();
            Answer off =
                    http.json("PATCH", "/api/v1/webhooks/" + id, Map.of("active", false), admin);
            assertThat(off.json().path("active").asBoolean(true)).isFalse();
            assertThat(off.text()).doesNotContain("whsec_");
            assertThat(http.delete("/api/v1/webhooks/" + id, admin).status()).isEqualTo(204);
            assertThat(http.get("/api/v1/webhooks/" + id, admin).status()).isEqualTo(404);
        } finally {
            hub.close();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void privateAddressesAreRefusedUnlessAllowed() {
        start("{}");
        try {
            for (String url :
                    List.of("https://127.0.0.1/x", "http://93.184.216.34/", "https://10.0.0.1/")) {
                Answer refused = http.json("POST", "/api/v1/webhooks", Map.of("url", url), admin);
                assertThat(refused.status()).as(url).isEqualTo(400);
            }
            Answer wrong =
                    http.json(
                            "POST",
                            "/api/v1/webhooks",
                            Map.of("url", "https://93.184.216.34/", "events", List.of("Not one")),
                            admin);
            assertThat(wrong.status()).isEqualTo(400);
        } finally {
            hub.close();
        }
    }
}
