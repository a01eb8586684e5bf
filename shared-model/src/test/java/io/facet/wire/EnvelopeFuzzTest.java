package io.facet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventBatch;
import io.facet.wire.v1.Evidence;
import io.facet.wire.v1.Sealed;
import java.util.Optional;

/**
 * Whatever is sent as a batch of events: events that say the same when written again, or a clear
 * refusal. What is sealed lies open here, for no fuzzer finds its way through encryption.
 */
class EnvelopeFuzzTest {
    private static final AgentId BOX = new AgentId("box-1");

    @FuzzTest(maxDuration = "1m")
    void anyBytesAreEventsOrRefused(byte[] payload) {
        EventBatch batch;
        try {
            batch = EventBatch.parseFrom(payload);
        } catch (InvalidProtocolBufferException refused) {
            return;
        }
        for (Event wire : batch.getEventsList()) {
            try {
                Event written = written(wire);
                assertThat(written(written)).isEqualTo(written);
            } catch (FacetException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            }
        }
    }

    private static Event written(Event wire) {
        return EventCodec.encode(
                EventCodec.decode(BOX, wire, EnvelopeFuzzTest::open), EnvelopeFuzzTest::seal);
    }

    private static Optional<Evidence> open(EventId event, Sealed sealed) {
        try {
            return Optional.of(Evidence.parseFrom(sealed.getCiphertext()));
        } catch (InvalidProtocolBufferException damaged) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, event + ": malformed evidence", damaged);
        }
    }

    private static Optional<Sealed> seal(EventId event, Evidence evidence) {
        return Optional.of(Sealed.newBuilder().setCiphertext(evidence.toByteString()).build());
    }
}
