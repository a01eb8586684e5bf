package io.facet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.HubDatabase;
import io.facet.hub.testing.HubProcess;
import io.facet.hub.testing.Sightings;
import io.facet.hub.testing.TestBox;
import io.facet.hub.web.Http;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventAck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the hub while faces are enrolled and events come in as fast as it takes them:
 * every face it answered 201 for is there and found afterwards, every event it acknowledged is
 * stored, and none twice; and webhooks are told of every stored face, of none twice.
 */
class HubKillIT {
    private static final AgentId BOX = new AgentId("box-kill");
    private static final int ENROLLERS = 3;
    private static final int BATCH = 50;

    @TempDir private Path data = Path.of("");

    private final Random random = new Random(20260502);
    private final AtomicInteger people = new AtomicInteger();

    /** Faces answered 201: the person's number by face id. */
    private final Map<String, Integer> enrolled = new ConcurrentHashMap<>();

    /** Events sent so far, by sequence, and those acknowledged. */
    private final Map<Long, Event> sent = new ConcurrentHashMap<>();

    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private long checked;

    @Test
    void threeKillsLoseNothingAndDoubleNothing() throws Exception {
        killed(3);
    }

    @Test
    @Tag("long")
    void sixtyKillsLoseNothingAndDoubleNothing() throws Exception {
        killed(60);
    }

    private void killed(int rounds) throws Exception {
        HubProcess hub = HubProcess.start(data);
        try {
            Http http = new Http(hub.port());
            String boxKey = register(http, hub);
            webhook(http, hub);
            Sightings sightings = new Sightings(BOX, camera(http, hub));
            for (int round = 1; round <= rounds; round++) {
                Map<String, Integer> before = Map.copyOf(enrolled);
                loadUntilKilled(hub, boxKey, sightings);
                hub = HubProcess.start(data);
                assertThat(hub.log().split("adopted the PostgreSQL", -1))
                        .as("the server the killed hub left is taken over each time")
                        .hasSize(round + 1);
                check(hub, before, boxKey);
            }
            System.out.printf(
                    "kills %d, faces answered 201 %d, events sent %d, acknowledged before a kill"
                            + " %d: none lost, none twice%n",
                    rounds, enrolled.size(), sent.size(), checked);
            assertThat(enrolled).hasSizeGreaterThan(rounds);
            assertThat(checked).isGreaterThan(rounds);
        } finally {
            hub.close();
        }
        assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    private static String[] admin(HubProcess hub) throws Exception {
        return new String[] {"X-API-Key", hub.adminKey()};
    }

    private static String register(Http http, HubProcess hub) throws Exception {
        return http.json("POST", "/api/v1/devices", Map.of("agent_id", BOX.value()), admin(hub))
                .json()
                .path("device_key")
                .asText();
    }

    /** One that nobody answers for: what it is told waits in the outbox. */
    private static void webhook(Http http, HubProcess hub) throws Exception {
        Http.Answer made =
                http.json(
                        "POST",
                        "/api/v1/webhooks",
                        Map.of("url", "https://receiver.invalid/", "events", List.of("face_added")),
                        admin(hub));
        assertThat(made.status()).isEqualTo(201);
    }

    private static CameraId camera(Http http, HubProcess hub) throws Exception {
        JsonNode camera =
                http.json(
                                "POST",
                                "/api/cameras",
                                Map.of("name", "Door", "url", "rtsp://host/door"),
                                admin(hub))
                        .json();
        return new CameraId(UUID.fromString(camera.path("camera_id").asText()));
    }

    private void loadUntilKilled(HubProcess hub, String boxKey, Sightings sightings)
            throws Exception {
        CountDownLatch underWay = new CountDownLatch(2);
        List<Thread> load = new ArrayList<>();
        Http http = new Http(hub.port());
        String[] admin = admin(hub);
        for (int i = 0; i < ENROLLERS; i++) {
            load.add(Thread.ofVirtual().start(() -> enrolUntilDead(http, admin, underWay)));
        }
        TestBox box = TestBox.connect(BOX, boxKey, hub.mqtt());
        load.add(Thread.ofVirtual().start(() -> sendUntilDead(box, sightings, underWay)));
        underWay.await();
        Thread.sleep(random.nextInt(50, 1_500));
        hub.kill();
        box.die();
        for (Thread thread : load) {
            thread.join();
        }
    }

    private void enrolUntilDead(Http http, String[] admin, CountDownLatch underWay) {
        try {
            while (true) {
                int person = people.incrementAndGet();
                Http.Answer answer =
                        http.form(
                                "/api/faces/register",
                                Map.of("name", "Person " + person, "on_duplicate", "allow"),
                                FakePictures.ofMany(person),
                                admin);
                if (answer.status() == 201) {
                    enrolled.put(answer.json().path("face_id").asText(), person);
                    underWay.countDown();
                }
            }
        } catch (AssertionError | RuntimeException dead) {
            // The connection broke: whether this one was stored is nobody's promise.
        }
    }

    private void sendUntilDead(TestBox box, Sightings sightings, CountDownLatch underWay) {
        try {
            while (true) {
                List<Event> batch = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    batch.add(box.wire(sightings.unknown(Instant.now(), new byte[2_000])));
                }
                deliver(box, batch);
                underWay.countDown();
            }
        } catch (Exception | AssertionError dead) {
            // The line broke; what was not acknowledged is sent again after the restart.
        }
    }

    /** Sends events and waits until the hub has acknowledged each. */
    private void deliver(TestBox box, List<Event> batch) throws Exception {
        Set<Long> open = new HashSet<>();
        batch.forEach(event -> {
            sent.put(event.getSequence(), event);
            open.add(event.getSequence());
        });
        box.hand(batch.toArray(Event[]::new));
        while (!open.isEmpty()) {
            EventAck ack = box.ack();
            assertThat(ack.getRejectedList()).isEmpty();
            acknowledged.addAll(ack.getStoredList());
            ack.getStoredList().forEach(open::remove);
        }
    }

    private void check(HubProcess hub, Map<String, Integer> before, String boxKey)
            throws Exception {
        Set<Long> promised = Set.copyOf(acknowledged);
        assertThat(stored()).as("acknowledged events").containsAll(promised);
        checked = promised.size();
        Http http = new Http(hub.port());
        int indexed = indexed(http, hub);
        assertThat(indexed).as("every stored face is searchable").isEqualTo(count("faces"));
        assertThat(count("webhook_deliveries"))
                .as("every stored face is told of, none twice")
                .isEqualTo(count("faces"));
        for (Map.Entry<String, Integer> face : enrolled.entrySet()) {
            // All of this round; of earlier ones, which were looked for before, a few.
            if (!before.containsKey(face.getKey()) || random.nextInt(50) == 0) {
                assertFound(http, hub, face.getKey(), face.getValue());
            }
        }
        assertThat(facesById()).containsAll(enrolled.keySet());
        TestBox box = TestBox.connect(BOX, boxKey, hub.mqtt());
        try {
            List<Event> again =
                    sent.values().stream()
                            .filter(event -> !promised.contains(event.getSequence()))
                            .toList();
            if (!again.isEmpty()) {
                deliver(box, again);
            }
        } finally {
            close(box);
        }
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(sent.keySet());
    }

    private static void close(TestBox box) {
        try {
            box.close();
        } catch (MqttException gone) {
            // The test is over for it anyway.
        }
    }

    private static void assertFound(Http http, HubProcess hub, String face, int person)
            throws Exception {
        String picture = Base64.getEncoder().encodeToString(FakePictures.ofMany(person));
        JsonNode seen =
                http.json("POST", "/api/v1/recognize", Map.of("image", picture), admin(hub)).json();
        assertThat(seen.path("faces").path(0).path("candidates").findValuesAsText("face_id"))
                .as("person %s is found by search", person)
                .contains(face);
    }

    private static int indexed(Http http, HubProcess hub) throws Exception {
        String health = http.get("/api/v1/health", admin(hub)).text();
        return Integer.parseInt(health.replaceAll("(?s).*?(\\d+) faces.*", "$1"));
    }

    /** The sequence of every stored event, as often as it is stored. */
    private List<Long> stored() throws Exception {
        List<Long> sequences = new ArrayList<>();
        try (Connection connection = HubDatabase.of(data);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sequence FROM events")) {
            while (rows.next()) {
                sequences.add(rows.getLong(1));
            }
        }
        return sequences;
    }

    private Set<String> facesById() throws Exception {
        Set<String> faces = new HashSet<>();
        try (Connection connection = HubDatabase.of(data);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT face_id FROM faces")) {
            while (rows.next()) {
                faces.add(rows.getString(1));
            }
        }
        return faces;
    }

    private int count(String table) throws Exception {
        try (Connection connection = HubDatabase.of(data);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
