package io.facet.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.facet.proof.StoredEvents.Row;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find, and a line's ears hear what is said. */
class StoredEventsTest {
    private static final UUID FIRST = new UUID(1, 1);
    private static final UUID SECOND = new UUID(1, 2);

    @Test
    void whatIsThereOncePasses() {
        assertThatCode(() -> stored(row(1), row(2), row(3)).assertCompleteAndOnce(3))
                .doesNotThrowAnyException();
    }

    @Test
    void aHoleADoubleAndALossAreFound() {
        fails(() -> stored(row(1), row(3)).assertCompleteAndOnce(2));
        fails(() -> stored(row(1), row(2), row(2)).assertCompleteAndOnce(2));
        fails(() -> stored(row(1), row(2)).assertCompleteAndOnce(3));
        Row twin = new Row(row(1).event(), FIRST, 2, 20, false);
        fails(() -> stored(row(1), twin).assertCompleteAndOnce(2));
    }

    @Test
    void sequencesAgainstTheClockAndMixedBootsAreFound() {
        Row early = new Row(new UUID(9, 2), FIRST, 2, 5, false);
        fails(() -> stored(row(1), early).assertCompleteAndOnce(2));
        Row other = new Row(new UUID(9, 2), SECOND, 2, 5, false);
        fails(() -> stored(row(1), other, row(3)).assertCompleteAndOnce(3));
    }

    @Test
    void aMarkThatIsMissingIsFoundAndTheHubsAreCounted() {
        Heard live = new Heard(new Random(1));
        live.born();
        live.boot(FIRST);
        say(live, 1, false);
        Row marked = new Row(row(1).event(), FIRST, 1, 10, true);
        assertThat(stored(marked).assertAsHeard(live)).as("marked by the hub").isOne();
        assertThat(stored(row(1)).assertAsHeard(live)).isZero();

        Heard late = new Heard(new Random(1));
        late.born();
        late.boot(FIRST);
        late.born();
        say(late, 1, false);
        fails(() -> stored(row(1)).assertAsHeard(late));
        fails(() -> stored(row(1), row(2)).assertAsHeard(late));
    }

    @Test
    void disorderIsFound() {
        Heard heard = new Heard(new Random(1));
        heard.born();
        heard.boot(FIRST);
        say(heard, 2, false);
        say(heard, 1, false);
        fails(() -> stored(row(1), row(2)).assertAsHeard(heard));
    }

    /** As a publish of QoS 1, in bytes that come one by one. */
    private static void say(Heard heard, long sequence, boolean historical) {
        Row row = row(sequence);
        byte[] payload =
                EventBatch.newBuilder()
                        .addEvents(
                                Event.newBuilder()
                                        .setEventId(bytes(row.event()))
                                        .setBootId(bytes(row.boot()))
                                        .setSequence(sequence)
                                        .setHistorical(historical))
                        .build()
                        .toByteArray();
        byte[] topic = "facet/v1/agents/a/events".getBytes(StandardCharsets.UTF_8);
        int length = 2 + topic.length + 2 + 1 + payload.length;
        ByteBuffer packet =
                ByteBuffer.allocate(2 + length)
                        .put((byte) 0x32)
                        .put((byte) length)
                        .putShort((short) topic.length)
                        .put(topic)
                        .putShort((short) 7)
                        .put((byte) 0)
                        .put(payload);
        var ears = heard.connection();
        for (byte one : packet.array()) {
            ears.accept(new byte[] {one});
        }
    }

    private static ByteString bytes(UUID id) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    private static Row row(long sequence) {
        return new Row(new UUID(7, sequence), FIRST, sequence, sequence * 10, false);
    }

    private static StoredEvents stored(Row... rows) {
        return new StoredEvents(List.of(rows));
    }

    private static void fails(ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class);
    }
}
