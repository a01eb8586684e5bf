package io.facet.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.Sealing;
import io.facet.crypto.SealingKeyPair;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Sighting;
import io.facet.model.Jpeg;
import io.facet.wire.v1.Event;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final AgentId AGENT = new AgentId("agent-1");
    private static final SealingKeyPair HUB = SealingKeyPair.generate();
    private static final EvidenceSeal SEAL = EvidenceSeal.to(Sealing.to(HUB.publicKey()));
    private static final EvidenceOpen OPEN = EvidenceOpen.with(HUB);

    @Property(tries = 300)
    @Domain(FaceEvents.class)
    void everyEventComesBackAsItWas(@ForAll FaceEvent event) throws InvalidProtocolBufferException {
        byte[] bytes = EventCodec.encode(event, SEAL).toByteArray();

        FaceEvent back = EventCodec.decode(AGENT, Event.parseFrom(bytes), OPEN);

        assertThat(withoutCrop(back)).isEqualTo(withoutCrop(event));
        assertThat(crop(back)).isEqualTo(crop(event));
    }

    @Property(tries = 100)
    @Domain(FaceEvents.class)
    void whatIsPersonalIsNeverPlain(@ForAll FaceEvent event) {
        Sighting sighting = sighting(event);
        byte[] wire = EventCodec.encode(event, SEAL).toByteArray();

        if (sighting != null && sighting.crop() != null && sighting.crop().bytes().length >= 8) {
            assertThat(indexOf(wire, sighting.crop().bytes())).isEqualTo(-1);
        }
        if (sighting != null && sighting.embedding() != null) {
            assertThat(indexOf(wire, sighting.embedding().toBytes())).isEqualTo(-1);
        }
    }

    @Property(tries = 100)
    @Domain(FaceEvents.class)
    void evidenceOfOneEventDoesNotOpenInAnother(@ForAll FaceEvent event) {
        Event wire = EventCodec.encode(event, SEAL);
        boolean sealed = wire.getRecognised().getSighting().hasEvidence();
        Event other =
                wire.toBuilder()
                        .setEventId(WireIds.bytes(new UUID(0x7000, Long.MIN_VALUE)))
                        .build();

        if (sealed) {
            assertThatThrownBy(() -> EventCodec.decode(AGENT, other, OPEN))
                    .isInstanceOf(FacetException.class);
        }
    }

    @Property(tries = 500)
    @Domain(FaceEvents.class)
    @Domain(DomainContext.Global.class)
    void damagedBytesAreRefusedAndNeverCrash(
            @ForAll FaceEvent event, @ForAll int at, @ForAll byte value) {
        byte[] bytes = EventCodec.encode(event, (_, _) -> Optional.empty()).toByteArray();
        bytes[Math.floorMod(at, bytes.length)] = value;
        try {
            EventCodec.decode(AGENT, Event.parseFrom(bytes), OPEN);
        } catch (InvalidProtocolBufferException | FacetException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    @Test
    void anEventOfAKindFromTheFutureIsRefusedWithWhatToDo() {
        Event future =
                Event.newBuilder()
                        .setEventId(WireIds.bytes(UUID.randomUUID()))
                        .setSequence(7)
                        .setSiteId("default")
                        .setCameraId(WireIds.bytes(UUID.randomUUID()))
                        .setBootId(WireIds.bytes(UUID.randomUUID()))
                        .build();

        assertThatThrownBy(() -> EventCodec.decode(AGENT, future, OPEN))
                .hasMessageContaining("event 7")
                .hasMessageContaining("update the hub");
    }

    @Test
    void anIdOfFifteenBytesIsNamed() {
        Event event =
                Event.newBuilder()
                        .setSequence(1)
                        .setEventId(ByteString.copyFrom(new byte[15]))
                        .build();

        assertThatThrownBy(() -> EventCodec.decode(AGENT, event, OPEN))
                .hasMessageContaining("event_id has 15 bytes");
    }

    private static @Nullable Sighting sighting(FaceEvent event) {
        return switch (event) {
            case FaceEvent.Recognised e -> e.sighting();
            case FaceEvent.RecognitionUpdated e -> e.sighting();
            case FaceEvent.UnknownSeen e -> e.sighting();
            case FaceEvent.RecognitionRetracted _,
                    FaceEvent.CameraConnected _,
                    FaceEvent.CameraDisconnected _ ->
                    null;
        };
    }

    private static byte @Nullable [] crop(FaceEvent event) {
        Sighting sighting = sighting(event);
        Jpeg crop = sighting == null ? null : sighting.crop();
        return crop == null ? null : crop.bytes();
    }

    /** The event with its crop, which has no equality, taken out. */
    private static FaceEvent withoutCrop(FaceEvent event) {
        return switch (event) {
            case FaceEvent.Recognised e ->
                    new FaceEvent.Recognised(
                            e.header(), e.track(), e.identity(), withoutCrop(e.sighting()));
            case FaceEvent.RecognitionUpdated e ->
                    new FaceEvent.RecognitionUpdated(
                            e.header(), e.track(), e.identity(), withoutCrop(e.sighting()));
            case FaceEvent.UnknownSeen e ->
                    new FaceEvent.UnknownSeen(e.header(), e.track(), withoutCrop(e.sighting()));
            case FaceEvent.RecognitionRetracted e -> e;
            case FaceEvent.CameraConnected e -> e;
            case FaceEvent.CameraDisconnected e -> e;
        };
    }

    private static Sighting withoutCrop(Sighting s) {
        return new Sighting(
                s.box(),
                s.frameWidth(),
                s.frameHeight(),
                s.quality(),
                s.liveness(),
                s.expressions(),
                null,
                s.embedding(),
                s.framesSeen());
    }

    private static int indexOf(byte[] haystack, byte[] needle) {
        for (int i = 0; i + needle.length <= haystack.length; i++) {
            if (Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
                return i;
            }
        }
        return -1;
    }
}
