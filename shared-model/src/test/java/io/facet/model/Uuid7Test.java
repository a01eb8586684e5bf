package io.facet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Uuid7Test {
    private Instant now = Instant.parse("2026-01-01T00:00:00.123Z");
    private final Uuid7 ids = new Uuid7(() -> now, RandomGenerator.of("Xoshiro256PlusPlus"));

    @Test
    void carriesVersionVariantAndTime() {
        UUID id = ids.next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
    }

    @Test
    void ascendsWithinAMillisecondAndWhenTheClockStepsBack() {
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next());
        }
        now = now.minusSeconds(3600);
        for (int i = 0; i < 10; i++) {
            made.add(ids.next());
        }
        assertThat(made).doesNotHaveDuplicates();
        Comparator<UUID> byTime = Uuid7::compare;
        assertThat(made).isSortedAccordingTo(byTime);
    }

    @Test
    void shortFormsAreNoIds() {
        assertThatThrownBy(() -> FaceId.parse("1-1-1-1-1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
