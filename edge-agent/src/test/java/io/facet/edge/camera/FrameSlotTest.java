package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.capture.FrameBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameSlotTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static FrameBuffer stamped(FrameBuffer buffer, long index) {
        buffer.stamp(index, Instant.EPOCH, index);
        return buffer;
    }

    @Test
    void theNewestFrameWins() throws InterruptedException {
        FrameSlot slot = new FrameSlot(Handover.NEWEST);
        FrameBuffer writing = slot.first();
        for (int i = 0; i < 10; i++) {
            writing = slot.put(stamped(writing, i));
        }
        assertThat(slot.take(SOON).orElseThrow().index()).isEqualTo(9);
        assertThat(slot.dropped()).isEqualTo(9);
        assertThat(slot.take(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void threeBuffersGoRoundForever() throws InterruptedException {
        FrameSlot slot = new FrameSlot(Handover.NEWEST);
        Set<FrameBuffer> met = Collections.newSetFromMap(new IdentityHashMap<>());
        FrameBuffer writing = slot.first();
        for (int i = 0; i < 100; i++) {
            met.add(writing);
            FrameBuffer next = slot.put(stamped(writing, i));
            assertThat(next).isNotSameAs(writing);
            writing = next;
            if (i % 3 == 0) {
                FrameBuffer looking = slot.take(SOON).orElseThrow();
                assertThat(looking).isNotSameAs(writing);
                writing = slot.put(stamped(writing, i));
                slot.giveBack(looking);
            }
        }
        assertThat(met).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void everyFrameIsHandedOverWhenTheReaderWaits() throws InterruptedException {
        FrameSlot slot = new FrameSlot(Handover.EVERY);
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                FrameBuffer writing = slot.first();
                                for (int i = 0; i < 200; i++) {
                                    writing = slot.put(stamped(writing, i));
                                }
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                            slot.close();
                        });
        List<Long> seen = new ArrayList<>();
        while (!slot.isDone()) {
            Optional<FrameBuffer> frame = slot.take(SOON);
            frame.ifPresent(f -> {
                seen.add(f.index());
                slot.giveBack(f);
            });
        }
        reader.join();
        assertThat(seen).hasSize(200).isSorted();
        assertThat(slot.dropped()).isZero();
    }
}
