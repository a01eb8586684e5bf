package io.facet.edge.uplink;

import io.facet.crypto.AtRest;
import io.facet.edge.camera.CameraCounters;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.CameraStatus;
import io.facet.edge.camera.LiveView;
import io.facet.edge.health.Machine;
import io.facet.edge.outbox.Moment;
import io.facet.edge.outbox.Outbox;
import io.facet.model.Box;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.wire.v1.ReportedSoftware;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Outbox and uplink of agent-1, without cameras or models; the key on disk is a fixed one. */
final class TestAgent implements AutoCloseable {
    static final String CROP = "a face, as if it were a picture";
    static final CameraId CAMERA = new CameraId(new UUID(1, 2));
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("00112233445566ff", 4);

    final Outbox outbox;
    final Uplink uplink;
    final Fleet fleet = new Fleet();
    static final ReportedSoftware SOFTWARE =
            ReportedSoftware.newBuilder()
                    .setProduct("facet-edge")
                    .setVersion("1.2.3")
                    .setState("current")
                    .build();
    final List<byte[]> software = new CopyOnWriteArrayList<>();
    final List<Long> heads = new CopyOnWriteArrayList<>();
    final UUID boot = UUID.randomUUID();
    private final ClockOffset clockOffset = new ClockOffset(this::nanos);
    final DesiredCamerasFile cameras;

    /** Added to the monotonic clock. */
    final AtomicLong later = new AtomicLong();

    TestAgent(Path data, MqttEndpoint endpoint) {
        HubKey hubKey = new HubKey(data.resolve("hub-key"));
        AtRest box = new AtRest(new byte[AtRest.KEY_BYTES], new SecureRandom());
        this.outbox =
                new Outbox(
                        data,
                        50_000_000,
                        box,
                        new Outbox.Origin(
                                FakeHub.AGENT,
                                boot,
                                new Uuid7(InstantSource.system(), new Random()),
                                this::nanos,
                                clockOffset::at),
                        new WireEventEncoder(hubKey));
        this.cameras = new DesiredCamerasFile(data.resolve("cameras"), box, FakeHub.AGENT);
        this.uplink =
                new Uplink(
                        new Uplink.Parts(
                                FakeHub.AGENT,
                                boot,
                                "1.2.3",
                                outbox,
                                hubKey,
                                clockOffset,
                                fleet,
                                cameras,
                                software::add,
                                () ->
                                        new Vitals(
                                                SPACE.id(),
                                                true,
                                                "",
                                                fleet.statuses(),
                                                7,
                                                new byte[32],
                                                3,
                                                new Machine(
                                                        OptionalDouble.of(0.5),
                                                        OptionalDouble.empty()),
                                                List.of(SOFTWARE),
                                                "amd64"),
                                InstantSource.system(),
                                this::nanos),
                        () -> endpoint,
                        heads::add);
    }

    /** Hub clock minus this one's, as far as known. */
    Optional<Duration> clockOffset() {
        return clockOffset.at(
                new Moment(
                        CAMERA, SiteId.DEFAULT, Instant.now(), Duration.ofNanos(nanos()), false));
    }

    private long nanos() {
        return System.nanoTime() + later.get();
    }

    void recognise(int times) {
        for (int i = 0; i < times; i++) {
            outbox.record(
                    new Moment(
                            CAMERA,
                            SiteId.DEFAULT,
                            Instant.now(),
                            Duration.ofNanos(nanos()),
                            false),
                    header ->
                            new FaceEvent.Recognised(
                                    header,
                                    new TrackId(new UUID(3, 4)),
                                    new Identity(
                                            new PersonId(new UUID(5, 6)),
                                            new FaceId(new UUID(7, 8)),
                                            0.9f,
                                            0.7f,
                                            0.6f),
                                    sighting()));
        }
    }

    private static Sighting sighting() {
        return new Sighting(
                new Box(1, 2, 30, 40),
                640,
                480,
                0.8f,
                new Liveness.Performed(true, 0.9f),
                List.of(),
                new Jpeg(CROP.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Embedding.normalised(SPACE, new float[] {1, 2, 3, 4}),
                4);
    }

    @Override
    public void close() throws SQLException {
        uplink.close();
        outbox.close();
    }

    /** Remembers what it is asked. */
    static final class Fleet implements CameraFleet, LiveView {
        volatile List<Camera> desired = List.of();
        private static final CameraCounters.Snapshot COUNTED =
                new CameraCounters.Snapshot(
                        Instant.EPOCH,
                        20,
                        3,
                        0,
                        10,
                        7,
                        0,
                        0,
                        9,
                        Map.of("masked", 1L),
                        2,
                        4,
                        Map.of("sharpness", 2L),
                        1,
                        3,
                        0,
                        0,
                        1,
                        0);
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        @Override
        public void desire(List<Camera> cameras) {
            desired = cameras;
            listeners.forEach(Runnable::run);
        }

        @Override
        public List<CameraStatus> statuses() {
            return desired.stream()
                    .map(c ->
                            new CameraStatus(
                                    c.id(),
                                    CameraStatus.State.STREAMING,
                                    "",
                                    640,
                                    480,
                                    15,
                                    Instant.EPOCH,
                                    COUNTED,
                                    c.rules().revision()))
                    .toList();
        }

        @Override
        public void onChange(Runnable listener) {
            listeners.add(listener);
        }

        @Override
        public LiveView live() {
            return this;
        }

        @Override
        public void watch(CameraId camera, Wish wish, Consumer<Picture> sink) {
            sink.accept(
                    new Picture(
                            camera,
                            Instant.EPOCH,
                            wish.maxWidth(),
                            9,
                            new Jpeg(CROP.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                            List.of(),
                            wish.overlay()));
        }

        @Override
        public void close() {
            desired = List.of();
        }
    }
}
