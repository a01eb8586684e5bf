package io.facet.bench;

import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.crypto.VerifyingKey;
import io.facet.edge.gallery.BootTime;
import io.facet.edge.gallery.GalleryMemory;
import io.facet.edge.gallery.LocalGallery;
import io.facet.edge.sync.GallerySync;
import io.facet.edge.sync.HubGallery;
import io.facet.index.VectorIndexes;
import io.facet.match.MatchPolicy;
import io.facet.model.AgentId;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.embed.Calibration;
import io.facet.wire.Topics;
import io.facet.wire.v1.GalleryHead;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/**
 * An edge box as far as its gallery goes: the agent's own sync, store and index, told of new
 * revisions over MQTT. Thread-safe.
 */
final class BenchFollower implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final long PATIENCE_MS = 120_000;
    private static final long POLL_MS = 1;

    private final LocalGallery gallery;
    private final GallerySync sync;
    private final MqttAsyncClient client;

    /** When a size was first reached, on {@link System#nanoTime}. */
    private final Map<Integer, Long> reached = new ConcurrentHashMap<>();

    /** What all followers share. */
    record Place(
            HttpClient http,
            URI hub,
            URI mqtt,
            VerifyingKey signedBy,
            EmbeddingSpace space,
            Calibration calibration,
            Path folder,
            SecureRandom random) {
        HubGallery pages(AgentId agent, String key) {
            return new HubGallery(http, hub, new Secret(key), agent, space, () -> signedBy, random);
        }
    }

    private BenchFollower(LocalGallery gallery, GallerySync sync, MqttAsyncClient client) {
        this.gallery = gallery;
        this.sync = sync;
        this.client = client;
    }

    static BenchFollower start(Place place, AgentId agent, String key) throws MqttException {
        LocalGallery gallery =
                new LocalGallery(
                        place.folder().resolve(agent + ".db"),
                        new AtRest(AtRest.newKey(place.random()), place.random()),
                        place.space(),
                        digestKey ->
                                new GalleryMemory(
                                        VectorIndexes.create("exact", place.space(), 0),
                                        place.calibration(),
                                        digestKey),
                        new MatchPolicy(0.6f, 0.02f, 5),
                        BootTime.system());
        GallerySync sync = new GallerySync(gallery, place.pages(agent, key), EVERY);
        MqttAsyncClient client =
                new MqttAsyncClient(
                        place.mqtt().toString(), agent.value(), new MemoryPersistence());
        BenchFollower follower = new BenchFollower(gallery, sync, client);
        sync.onChange(follower::note);
        follower.note();
        follower.listen(agent, key);
        return follower;
    }

    private void listen(AgentId agent, String key) throws MqttException {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName(agent.value());
        options.setPassword(key.getBytes(StandardCharsets.UTF_8));
        client.connect(options).waitForCompletion(PATIENCE_MS);
        IMqttMessageListener heads =
                (_, message) ->
                        sync.announced(GalleryHead.parseFrom(message.getPayload()).getRevision());
        client.subscribe(
                        new MqttSubscription[] {new MqttSubscription(Topics.GALLERY_HEAD, 1)},
                        null,
                        null,
                        new IMqttMessageListener[] {heads},
                        null)
                .waitForCompletion(PATIENCE_MS);
    }

    private void note() {
        reached.putIfAbsent(gallery.size(), System.nanoTime());
    }

    /** Waits until so many faces are searchable; when that was, on {@link System#nanoTime}. */
    long holds(int faces) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
        while (true) {
            Long at = reached.get(faces);
            if (at != null) {
                return at;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "a box holds "
                                + gallery.size()
                                + " faces instead of "
                                + faces
                                + "; "
                                + sync.trouble());
            }
            Thread.sleep(POLL_MS);
        }
    }

    @Override
    public void close() throws MqttException, SQLException {
        client.disconnect().waitForCompletion(PATIENCE_MS);
        client.close(true);
        sync.close();
        gallery.close();
    }
}
