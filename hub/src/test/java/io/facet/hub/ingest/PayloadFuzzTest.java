package io.facet.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.SealingKeyPair;
import io.facet.hub.cameras.CameraStates;
import io.facet.hub.devices.Devices;
import io.facet.hub.devices.Presence;
import io.facet.hub.events.LiveFeed;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.wire.v1.EventAck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whatever a box publishes, as events or as its state: taken in or left out, and no event of a
 * batch without an answer.
 */
class PayloadFuzzTest {
    private static final AgentId BOX = new AgentId("box-1");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));

    private final List<byte[]> acknowledgements = new ArrayList<>();
    private final OneBox box = new OneBox(BOX);
    private final EventInbox events =
            new EventInbox(
                    box,
                    _ -> Optional.of(new SiteId("lobby")),
                    SealingKeyPair.generate(),
                    (_, payload, _, _) -> acknowledgements.add(payload),
                    _ -> {},
                    CLOCK);
    private final Presence presence = new Presence(System::nanoTime);
    private final StateInbox states =
            new StateInbox(
                    new Devices(box, box, presence, _ -> {}, CLOCK),
                    new NoCameras(),
                    new CameraStates(new LiveFeed(), (_, _, _) -> {}, CLOCK),
                    presence,
                    _ -> {});

    @FuzzTest(maxDuration = "1m")
    void anyPayloadIsTakenOrLeftOut(byte[] payload) throws InvalidProtocolBufferException {
        acknowledgements.clear();
        int stored = box.stored();
        states.take(BOX, payload, true);
        events.take(BOX, payload);
        for (byte[] acknowledgement : acknowledgements) {
            EventAck ack = EventAck.parseFrom(acknowledgement);
            assertThat(ack.getStoredCount()).isEqualTo(box.stored() - stored);
        }
    }
}
