package io.facet.hub.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Uuid7;
import io.facet.wire.rpc.v1.RegisterFaceResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final byte[] DONE = {7};

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final Idempotency idempotency =
            new Idempotency(new MemoryTokens(), new Uuid7(now::get, new SecureRandom()), now::get);

    private static Ask ask(int request) {
        return new Ask("caller", "op", "token", new byte[] {(byte) request});
    }

    private void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    /** An attempt that ends in the middle, as a crash ends it: nothing is noted of its end. */
    private void crash(Duration lease) {
        class Crash extends Error {}
        assertThatThrownBy(() ->
                        idempotency.once(
                                ask(1),
                                lease,
                                (_, _) -> {
                                    throw new Crash();
                                }))
                .isInstanceOf(Crash.class);
    }

    private void assertRunning(Duration lease) {
        assertThatThrownBy(() -> idempotency.once(ask(1), lease, (_, _) -> DONE))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void anAnswerMentionsEveryIdInIt() {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        String json = "201\n{\"person_id\":\"" + one + "\",\"list\":[\"x-" + other + "\"]}";
        assertThat(Mentions.of(json.getBytes(StandardCharsets.UTF_8))).containsExactly(one, other);
        byte[] protobuf =
                RegisterFaceResponse.newBuilder()
                        .setFaceId(one.toString())
                        .setPersonId(other.toString())
                        .build()
                        .toByteArray();
        assertThat(Mentions.of(protobuf)).containsExactlyInAnyOrder(one, other);
        assertThat(Mentions.of(DONE)).isEmpty();
    }

    @Test
    void eachCallHasALeaseOfItsOwn() {
        crash(LONG);
        pass(LONG.minusSeconds(1));
        assertRunning(LONG);
        pass(Duration.ofSeconds(2));
        assertThat(idempotency.once(ask(1), LONG, (_, again) -> again ? DONE : new byte[0]))
                .isEqualTo(DONE);
    }

    @Test
    void withoutALeaseOfItsOwnACallIsTakenForCutOffAfterHalfAMinute() {
        crash(Idempotency.LEASE);
        pass(Duration.ofSeconds(29));
        assertRunning(Idempotency.LEASE);
        pass(Duration.ofSeconds(2));
        assertThat(idempotency.once(ask(1), (_, again) -> again ? DONE : new byte[0]))
                .isEqualTo(DONE);
    }

    @Test
    void nothingDoneLeavesTheTokenFreeForAnotherRequest() {
        assertThatThrownBy(() ->
                        idempotency.once(
                                ask(1),
                                (_, _) -> {
                                    throw new NothingDone(new IOException("broken off"));
                                }))
                .isInstanceOf(NothingDone.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(idempotency.once(ask(2), (_, again) -> again ? new byte[0] : DONE))
                .isEqualTo(DONE);
    }

    @Test
    void anAnswerIsForgottenAfterADay() {
        idempotency.once(ask(1), (_, _) -> DONE);
        pass(Idempotency.KEPT.minusSeconds(1));
        assertThat(idempotency.once(ask(1), (_, _) -> new byte[0])).isEqualTo(DONE);
        pass(Duration.ofSeconds(2));
        assertThat(idempotency.once(ask(2), (_, _) -> new byte[] {8})).containsExactly(8);
    }
}
