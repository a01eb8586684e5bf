package io.facet.bench;

import io.facet.cli.client.HubClient;
import io.facet.config.Secret;
import io.facet.edge.enrolment.Enrolment;
import io.facet.edge.sync.HubGallery;
import io.facet.model.AgentId;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.embed.Calibration;
import io.facet.wire.v1.GalleryChanges;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A hub process and boxes that follow its gallery: first many boxes of a small gallery, to which
 * faces are added one by one, then one empty box of a large one. One thread's.
 */
final class SyncBench {
    private static final int KEY_BYTES = 32;
    private static final int FEW = 1_000;
    private static final int WARM_UP = 3;
    private static final double NANOS = 1e9;

    private final Path home;
    private final Path data;
    private final Setup setup;
    private final Consumer<String> say;
    private final byte[] masterKey = new byte[KEY_BYTES];
    private final SecureRandom random = new SecureRandom();

    /**
     * What it is measured with.
     *
     * @param picture a JPEG file with a face, enrolled again and again
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Setup(
            String pack,
            EmbeddingSpace space,
            Calibration calibration,
            int faces,
            int agents,
            int changes,
            byte[] picture) {}

    private record Propagation(List<Double> sinceReply, List<Double> sinceCall) {}

    private record Cold(double seconds, double wireBytes, double storedBytes) {}

    SyncBench(Path home, Path data, Setup setup, Consumer<String> say) {
        this.home = home;
        this.data = data;
        this.setup = setup;
        this.say = say;
        random.nextBytes(masterKey);
    }

    SyncReport run() throws IOException, InterruptedException, MqttException, SQLException {
        TemplateLoader loader = new TemplateLoader(masterKey, setup.space());
        say.accept("storing " + FEW + " faces");
        loader.load(data, FEW);
        Propagation propagation = during(this::propagation);
        int more = Math.max(0, setup.faces() - FEW - setup.changes() - WARM_UP);
        say.accept("storing " + more + " faces more");
        loader.load(data, more);
        Cold cold = during(this::cold);
        return new SyncReport(
                setup.pack(),
                setup.faces(),
                cold.seconds(),
                cold.seconds() * 100_000 / setup.faces(),
                cold.wireBytes() / setup.faces(),
                cold.storedBytes() / setup.faces(),
                setup.agents(),
                setup.changes(),
                quantile(propagation.sinceReply(), 0.5),
                quantile(propagation.sinceReply(), 0.95),
                quantile(propagation.sinceCall(), 0.95),
                HubCommand.loadAverage());
    }

    /** Measures something on a hub that runs meanwhile. */
    @FunctionalInterface
    private interface Measurement<T> {
        T on(HubProcess hub, BenchFollower.Place place)
                throws IOException, InterruptedException, MqttException, SQLException;
    }

    private <T> T during(Measurement<T> measurement)
            throws IOException, InterruptedException, MqttException, SQLException {
        say.accept("starting a hub process");
        try (HubProcess hub =
                        HubProcess.start(
                                home,
                                data,
                                setup.pack(),
                                Map.of(
                                        "FACET_HUB_MASTER_KEY",
                                        Base64.getEncoder().encodeToString(masterKey),
                                        ApiCommand.NO_LIMIT,
                                        ApiCommand.VERY_MANY));
                HttpClient http = HttpClient.newHttpClient()) {
            String key = register(hub, new AgentId("box-0"));
            BenchFollower.Place place =
                    new BenchFollower.Place(
                            http,
                            hub.base(),
                            hub.mqtt(),
                            new Enrolment(
                                            http,
                                            hub.base(),
                                            new Secret(key),
                                            data.resolve("enrolment.json"))
                                    .galleryKey(),
                            setup.space(),
                            setup.calibration(),
                            Files.createTempDirectory(data, "boxes"),
                            random);
            return measurement.on(hub, place);
        }
    }

    private static String register(HubProcess hub, AgentId agent) throws IOException {
        return hub.client()
                .post("/api/v1/devices", Map.of("agent_id", agent.value()))
                .orThrow()
                .path("device_key")
                .asText();
    }

    private Propagation propagation(HubProcess hub, BenchFollower.Place place)
            throws IOException, InterruptedException, MqttException, SQLException {
        List<BenchFollower> followers = new ArrayList<>();
        try {
            say.accept("starting " + setup.agents() + " boxes");
            for (int i = 1; i <= setup.agents(); i++) {
                AgentId agent = new AgentId("box-" + i);
                followers.add(BenchFollower.start(place, agent, register(hub, agent)));
            }
            for (BenchFollower follower : followers) {
                follower.holds(FEW);
            }
            say.accept("adding faces one by one");
            return follow(hub.client(), followers);
        } finally {
            for (BenchFollower follower : followers) {
                follower.close();
            }
        }
    }

    private Propagation follow(HubClient client, List<BenchFollower> followers)
            throws InterruptedException {
        Propagation propagation = new Propagation(new ArrayList<>(), new ArrayList<>());
        for (int change = 1; change <= WARM_UP + setup.changes(); change++) {
            long called = System.nanoTime();
            client.post("/api/faces/register", enrolment(change)).orThrow();
            long replied = System.nanoTime();
            for (BenchFollower follower : followers) {
                long held = follower.holds(FEW + change);
                if (change > WARM_UP) {
                    propagation.sinceCall().add((held - called) / NANOS);
                    propagation.sinceReply().add(Math.max(0, held - replied) / NANOS);
                }
            }
        }
        return propagation;
    }

    private Map<String, ?> enrolment(int number) {
        return Map.of(
                "name",
                "New " + number,
                "image",
                Base64.getEncoder().encodeToString(setup.picture()),
                "on_duplicate",
                "allow");
    }

    private Cold cold(HubProcess hub, BenchFollower.Place place)
            throws IOException, InterruptedException, MqttException, SQLException {
        AgentId agent = new AgentId("box-cold");
        String key = register(hub, agent);
        say.accept("filling an empty box");
        long begun = System.nanoTime();
        double seconds;
        try (BenchFollower follower = BenchFollower.start(place, agent, key)) {
            seconds = (follower.holds(setup.faces()) - begun) / NANOS;
        }
        // Closed, as until then part of it is in SQLite's log.
        long stored = Files.size(place.folder().resolve(agent + ".db"));
        return new Cold(seconds, wireBytes(place.pages(agent, key)), stored);
    }

    private static double wireBytes(HubGallery pages) throws InterruptedException {
        Optional<String> cursor = Optional.empty();
        double bytes = 0;
        while (true) {
            GalleryChanges page = pages.fetch(0, cursor);
            bytes += page.getSerializedSize();
            if (!page.getMore()) {
                return bytes;
            }
            cursor = Optional.of(page.getNextCursor());
        }
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }
}
