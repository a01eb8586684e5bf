package io.facet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.HubClient;
import io.facet.hub.people.PeopleStore.NewFace;
import io.facet.hub.store.postgres.server.EmbeddedServer;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * Boxes that send prepared batches as fast as the hub acknowledges them. What they send is sealed
 * and put into bytes before, so that the hub is measured and not the making of events. One
 * thread's.
 */
final class EventsBench {
    private static final int BOXES = 4;

    /** Sent before, of what is measured: the hub's code is compiled by then. */
    private static final double WARM_UP = 0.25;

    private final HubProcess hub;
    private final List<NewFace> known;
    private final List<byte[]> crops;

    /**
     * Prepares a bench.
     *
     * @param hub running; not closed
     * @param known enrolled there, whom events name
     * @param crops JPEG files of faces
     */
    EventsBench(HubProcess hub, List<NewFace> known, List<byte[]> crops) {
        this.hub = hub;
        this.known = List.copyOf(known);
        this.crops = List.copyOf(crops);
    }

    /** A registered box and what makes its events. */
    record Lane(BenchBox box, EventBatches events) {
        Void send(List<byte[]> batches) throws InterruptedException, MqttException {
            for (byte[] batch : batches) {
                box.send(batch);
            }
            box.drain();
            return null;
        }
    }

    /** Sends about so many events. */
    EventsReport run(int events) throws IOException, InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        try {
            for (int i = 0; i < BOXES; i++) {
                lanes.add(lane("bench-" + i));
            }
            int each = Math.max(1, events / BOXES);
            send(lanes, prepare(lanes, (int) Math.ceil(each * WARM_UP)));
            return measure(lanes, each);
        } catch (MqttException | SQLException failure) {
            throw new IOException("events could not be sent or counted", failure);
        } finally {
            for (Lane lane : lanes) {
                close(lane.box());
            }
        }
    }

    private EventsReport measure(List<Lane> lanes, int each)
            throws InterruptedException, IOException, SQLException {
        List<List<byte[]>> batches = prepare(lanes, each);
        long bytes = batches.stream().flatMap(List::stream).mapToLong(b -> b.length).sum();
        long rowsBefore = rows();
        long storedBefore = stored(lanes);
        Duration cpuBefore = hub.cpu();
        double seconds = send(lanes, batches);
        double cpuMs = hub.cpu().minus(cpuBefore).toNanos() / 1e6;
        long acknowledged = stored(lanes) - storedBefore;
        long sent = (long) each * BOXES;
        return new EventsReport(
                BOXES,
                sent,
                acknowledged,
                rows() - rowsBefore,
                (int) (bytes / sent),
                seconds,
                acknowledged / seconds,
                cpuMs / sent);
    }

    /** Registers a box with a camera and connects as it. */
    Lane lane(String name) throws IOException, MqttException {
        HubClient client = hub.client();
        JsonNode device = client.post("/api/v1/devices", Map.of("agent_id", name)).orThrow();
        JsonNode camera =
                client.post(
                                "/api/cameras",
                                Map.of(
                                        "name",
                                        "Camera of " + name,
                                        "url",
                                        "rtsp://" + name + ".invalid/1",
                                        "agent_id",
                                        name))
                        .orThrow();
        AgentId agent = new AgentId(name);
        BenchBox box = BenchBox.connect(agent, device.path("device_key").asText(), hub.mqtt());
        return new Lane(
                box,
                new EventBatches(
                        agent,
                        new CameraId(UUID.fromString(camera.path("camera_id").asText())),
                        box.hubKey(),
                        known,
                        crops));
    }

    private static List<List<byte[]>> prepare(List<Lane> lanes, int each) {
        return lanes.stream().map(lane -> lane.events().make(each)).toList();
    }

    /** Every lane sends its batches and waits for the last acknowledgement; the seconds it took. */
    private static double send(List<Lane> lanes, List<List<byte[]>> batches)
            throws InterruptedException, IOException {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> sending = new ArrayList<>();
            for (int i = 0; i < lanes.size(); i++) {
                Lane lane = lanes.get(i);
                List<byte[]> own = batches.get(i);
                sending.add(threads.submit(() -> lane.send(own)));
            }
            for (Future<Void> lane : sending) {
                lane.get();
            }
        } catch (ExecutionException failure) {
            throw new IOException("a box could not send its events", failure.getCause());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static long stored(List<Lane> lanes) {
        return lanes.stream().mapToLong(lane -> lane.box().stored()).sum();
    }

    /** Counted in the database, past the hub. */
    long rows() throws SQLException {
        EmbeddedServer.Reach reach = EmbeddedServer.running(hub.database()).orElseThrow();
        try (Connection connection =
                        DriverManager.getConnection(
                                reach.url(), reach.user(), reach.password().reveal());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM events")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static void close(BenchBox box) throws IOException {
        try {
            box.close();
        } catch (MqttException failure) {
            throw new IOException("a box could not leave the broker", failure);
        }
    }
}
