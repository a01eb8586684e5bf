package io.facet.bench;

import com.google.protobuf.ByteString;
import io.facet.crypto.Sealing;
import io.facet.hub.people.PeopleStore.NewFace;
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
import io.facet.wire.EventCodec;
import io.facet.wire.EvidenceSeal;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.EventBatch;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Batches of events as the agent sends them, with crop and embedding sealed to the hub; every other
 * event recognises somebody, the rest are of strangers. One thread's.
 */
final class EventBatches {
    /** People that events name. */
    static final int PEOPLE = 1000;

    /** The agent's bounds of a batch. */
    private static final int MAX_EVENTS = 100;

    private static final int MAX_BYTES = 256 * 1024;

    private final AgentId agent;
    private final CameraId camera;
    private final EvidenceSeal seal;
    private final List<NewFace> known;
    private final List<byte[]> crops;
    private final Uuid7 ids = new Uuid7(InstantSource.system(), new SecureRandom());
    private final UUID boot = UUID.randomUUID();
    private final Random random = new Random(1);
    private long sequence;

    /**
     * Prepares a box's events.
     *
     * @param hubKey what evidence is sealed to
     * @param known who is recognised
     * @param crops JPEG files of faces
     */
    EventBatches(
            AgentId agent,
            CameraId camera,
            byte[] hubKey,
            List<NewFace> known,
            List<byte[]> crops) {
        this.agent = agent;
        this.camera = camera;
        this.seal = EvidenceSeal.to(Sealing.salted(hubKey));
        this.known = List.copyOf(known);
        this.crops = List.copyOf(crops);
    }

    /** So many events in batches, ready to send. */
    List<byte[]> make(int events) {
        List<byte[]> batches = new ArrayList<>();
        EventBatch.Builder batch = envelope();
        int bytes = 0;
        for (int i = 0; i < events; i++) {
            io.facet.wire.v1.Event event = EventCodec.encode(event(), seal);
            batch.addEvents(event);
            bytes += event.getSerializedSize();
            if (batch.getEventsCount() == MAX_EVENTS || bytes >= MAX_BYTES || i == events - 1) {
                batches.add(batch.build().toByteArray());
                batch = envelope();
                bytes = 0;
            }
        }
        return batches;
    }

    private EventBatch.Builder envelope() {
        return EventBatch.newBuilder()
                .setVersion(1)
                .setAgentId(agent.value())
                .setBatchId(ByteString.copyFrom(ByteBuffer.allocate(16).putLong(8, sequence)))
                .setSentAtUs(WireTimes.micros(Instant.now()));
    }

    private FaceEvent event() {
        Header header =
                new Header(
                        new EventId(ids.next()),
                        agent,
                        SiteId.DEFAULT,
                        camera,
                        Instant.now(),
                        boot,
                        ++sequence,
                        Duration.ofMillis(sequence),
                        // Batches are made long before they are sent, which is not to be measured.
                        null,
                        false);
        NewFace face = known.get(random.nextInt(known.size()));
        TrackId track = new TrackId(ids.next());
        return sequence % 2 == 0
                ? new FaceEvent.Recognised(
                        header,
                        track,
                        new Identity(face.person(), face.id(), 0.9f, 0.8f, 0.6f),
                        sighting(face.template()))
                : new FaceEvent.UnknownSeen(header, track, sighting(face.template()));
    }

    private Sighting sighting(Embedding embedding) {
        return new Sighting(
                new Box(400, 200, 120, 160),
                1280,
                720,
                0.7f,
                new Liveness.Performed(true, 0.95f),
                List.of(),
                new Jpeg(crops.get(random.nextInt(crops.size()))),
                embedding,
                12);
    }
}
