package io.facet.hub.testing;

import io.facet.hub.people.Face;
import io.facet.model.AgentId;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Embedding;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Header;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.Jpeg;
import io.facet.model.Liveness;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Events as an edge box makes them. Thread-safe. */
public final class Sightings {
    private final AgentId agent;
    private final CameraId camera;
    private final Uuid7 ids = new Uuid7(InstantSource.system(), new Random());
    private final AtomicLong sequence = new AtomicLong();

    public Sightings(AgentId agent, CameraId camera) {
        this.agent = agent;
        this.camera = camera;
    }

    public Header header(Instant capturedAt) {
        return new Header(
                new EventId(ids.next()),
                agent,
                SiteId.DEFAULT,
                camera,
                capturedAt,
                new java.util.UUID(7, 7),
                sequence.incrementAndGet(),
                Duration.ofSeconds(3),
                null,
                false);
    }

    public FaceEvent.Recognised recognised(Face face, Instant at, byte[] crop) {
        return new FaceEvent.Recognised(
                header(at),
                new TrackId(ids.next()),
                new Identity(face.person(), face.id(), 0.9f, 0.8f, 0.6f),
                sighting(crop));
    }

    public FaceEvent.UnknownSeen unknown(Instant at, byte[] crop) {
        return new FaceEvent.UnknownSeen(header(at), new TrackId(ids.next()), sighting(crop));
    }

    public static Sighting sighting(byte[] crop) {
        float[] raw = new float[FakeVision.SPACE.dimension()];
        java.util.Arrays.fill(raw, 1);
        return new Sighting(
                new Box(10, 20, 30, 40),
                640,
                360,
                0.7f,
                new Liveness.Performed(true, 0.95f),
                List.of(),
                new Jpeg(crop),
                Embedding.normalised(FakeVision.SPACE, raw),
                12);
    }
}
