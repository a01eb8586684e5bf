package io.facet.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private final AtomicLong nanos = new AtomicLong();

    private final TimeMeter time =
            new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return nanos.get();
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            };

    private final RequestLimits limits = new RequestLimits(limits(6, 2), time);

    private static FacetConfig.Limits limits(int requests, int anonymous) {
        FacetConfig.Limits d = FacetConfig.Limits.DEFAULT;
        return new FacetConfig.Limits(
                d.imageBytes(),
                d.imagePixels(),
                d.viewers(),
                d.viewersPerAddress(),
                d.viewersPerKey(),
                d.handshakesPerMinute(),
                requests,
                anonymous);
    }

    @Test
    void aKeyThatAsksTooMuchIsToldWhenToComeAgain() {
        for (int i = 0; i < 6; i++) {
            limits.countKey("a");
        }
        FacetException refusal =
                catchThrowableOfType(FacetException.class, () -> limits.countKey("a"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refusal.details()).containsEntry("retry_after", "10");
        limits.countKey("b");
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        limits.countKey("a");
        assertThat(catchThrowableOfType(FacetException.class, () -> limits.countKey("a")))
                .isNotNull();
    }

    @Test
    void addressesAreCountedApart() {
        limits.countAddress("192.0.2.1");
        limits.countAddress("192.0.2.1");
        FacetException refusal =
                catchThrowableOfType(FacetException.class, () -> limits.countAddress("192.0.2.1"));
        assertThat(refusal.details()).containsEntry("retry_after", "30");
        limits.countAddress("192.0.2.2");
        limits.countKey("192.0.2.1");
    }
}
