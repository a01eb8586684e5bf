package io.facet.hub.live.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TurnstileTest {
    private final ManualTimer timer = new ManualTimer();

    private Turnstile gate(int sessions, int perAddress, int perMinute) {
        return new Turnstile(new EngineConfig.Admission(sessions, perAddress, perMinute), timer);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable entering) {
        assertThatThrownBy(entering)
                .isInstanceOfSatisfying(
                        FacetException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void soManyAtAllAndOneMoreWhenOneLeft() {
        Turnstile gate = gate(2, 10, 100);
        gate.enter("a");
        gate.enter("b");
        assertRefused(ErrorCode.UNAVAILABLE, () -> gate.enter("c"));
        gate.leave("a");
        gate.enter("c");
    }

    @Test
    void soManyOfOneAddressWhichLeavesRoomForOthers() {
        Turnstile gate = gate(10, 2, 100);
        gate.enter("a");
        gate.enter("a");
        assertRefused(ErrorCode.RATE_LIMITED, () -> gate.enter("a"));
        gate.enter("b");
        gate.leave("a");
        gate.enter("a");
    }

    @Test
    void soManyNewOnesAMinuteEvenWhenTheyLeaveAtOnce() {
        Turnstile gate = gate(100, 100, 6);
        for (int i = 0; i < 6; i++) {
            gate.enter("a");
            gate.leave("a");
        }
        assertRefused(ErrorCode.RATE_LIMITED, () -> gate.enter("a"));
        gate.enter("b");
        timer.advance(Duration.ofSeconds(10));
        gate.enter("a");
        assertRefused(ErrorCode.RATE_LIMITED, () -> gate.enter("a"));
    }

    @Test
    void addressesThatAreGoneAreForgotten() {
        Turnstile gate = gate(100_000, 10, 60);
        for (int i = 0; i < 1_000; i++) {
            gate.enter("gone " + i);
            gate.leave("gone " + i);
        }
        gate.enter("stays");
        timer.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 100; i++) {
            gate.enter("new " + i);
        }
        assertThat(gate.remembered()).isLessThan(200);
        for (int i = 0; i < 9; i++) {
            gate.enter("stays");
        }
        assertRefused(ErrorCode.RATE_LIMITED, () -> gate.enter("stays"));
    }
}
