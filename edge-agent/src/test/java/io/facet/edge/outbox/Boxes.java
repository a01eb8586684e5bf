package io.facet.edge.outbox;

import io.facet.crypto.AtRest;
import io.facet.edge.outbox.EventEncoder.Encoded;
import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Header;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.FaceId;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Outboxes and events for tests: an event's bytes are its id, sequence, kind and a filling. */
final class Boxes {
    static final long ROOMY = 50_000_000;
    static final byte[] KEY = new byte[AtRest.KEY_BYTES];
    static final byte[] MARK = "plain personal data".getBytes(StandardCharsets.US_ASCII);
    static final CameraId CAMERA = new CameraId(new UUID(1, 2));

    private Boxes() {}

    static Outbox open(Path data) {
        return open(data, ROOMY, 100);
    }

    static Outbox open(Path data, long maxBytes, int filling) {
        return open(data, maxBytes, filling, KEY, System::nanoTime, UUID.randomUUID());
    }

    static Outbox open(
            Path data, long maxBytes, int filling, byte[] key, LongSupplier nanos, UUID boot) {
        return new Outbox(
                data,
                maxBytes,
                new AtRest(key, new SecureRandom()),
                new Outbox.Origin(
                        new AgentId("agent-1"),
                        boot,
                        new Uuid7(InstantSource.system(), new Random()),
                        nanos,
                        _ -> Optional.of(Duration.ofMillis(5))),
                event -> new Encoded(bytes(event, filling), MARK));
    }

    static byte[] bytes(FaceEvent event, int filling) {
        byte[] bytes = new byte[16 + 8 + 1 + MARK.length + filling];
        Arrays.fill(bytes, (byte) 7);
        ByteBuffer.wrap(bytes)
                .put(AtRest.bytes(event.header().id().value()))
                .putLong(event.header().sequence())
                .put((byte) Priority.of(event).code())
                .put(MARK);
        return bytes;
    }

    static Read read(StoredEvent event) {
        ByteBuffer in = ByteBuffer.wrap(event.event());
        return new Read(new UUID(in.getLong(), in.getLong()), in.getLong(), in.get());
    }

    record Read(UUID id, long sequence, int priority) {}

    static Moment moment() {
        return moment(Instant.parse("2026-05-01T10:00:00Z"));
    }

    static Moment moment(Instant at) {
        return new Moment(CAMERA, SiteId.DEFAULT, at, Duration.ofSeconds(3), false);
    }

    static Function<Header, FaceEvent> unknown() {
        return header -> new FaceEvent.UnknownSeen(header, new TrackId(new UUID(3, 4)), sighting());
    }

    static Function<Header, FaceEvent> recognised() {
        return header ->
                new FaceEvent.Recognised(
                        header,
                        new TrackId(new UUID(3, 4)),
                        new Identity(
                                new PersonId(new UUID(5, 6)),
                                new FaceId(new UUID(7, 8)),
                                0.9f,
                                0.7f,
                                0.6f),
                        sighting());
    }

    private static Sighting sighting() {
        return new Sighting(
                new Box(1, 2, 30, 40),
                640,
                480,
                0.8f,
                new Liveness.Performed(true, 0.9f),
                List.of(),
                null,
                null,
                4);
    }
}
