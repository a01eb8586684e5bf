package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Property
    void waitsStayWithinTheirLimits(
            @ForAll @IntRange(min = 1, max = 3600) int limit, @ForAll long seed) {
        Backoff backoff = new Backoff(Duration.ofSeconds(limit), new Random(seed));
        for (int attempt = 0; attempt < 80; attempt++) {
            long most = (long) Math.min(1000 * Math.pow(2, attempt), limit * 1000.0);
            assertThat(backoff.next().toMillis()).isBetween(most / 2, most);
        }
    }

    @Test
    void beginsAnewAfterAReset() {
        Backoff backoff = new Backoff(Duration.ofSeconds(60), new Random(1));
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
}
