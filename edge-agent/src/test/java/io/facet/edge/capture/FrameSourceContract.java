package io.facet.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.capture.FrameSource.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every source does, the fake one and the real ones. */
public abstract class FrameSourceContract {
    /** An opener of pictures that go on for at least two seconds. */
    protected abstract FrameSource.Opener opener(CaptureOptions options);

    protected CaptureOptions options() {
        return CaptureOptions.DEFAULT.withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    private record Seen(long index, long nanos, Instant at, int width, int height) {}

    private List<Seen> read(FrameSource source, int count) {
        List<Seen> seen = new ArrayList<>();
        FrameBuffer frame = new FrameBuffer();
        while (seen.size() < count) {
            assertThat(source.read(frame)).isEqualTo(Reading.FRAME);
            seen.add(
                    new Seen(
                            frame.index(),
                            frame.monotonicNanos(),
                            frame.capturedAt(),
                            frame.image().width(),
                            frame.image().height()));
        }
        return seen;
    }

    @Test
    void framesCountUpAndTheirTimesAscend() {
        try (FrameSource source = opener(options()).open(() -> false)) {
            List<Seen> seen = read(source, 8);
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i).index()).isEqualTo(i);
            }
            for (int i = 1; i < seen.size(); i++) {
                assertThat(seen.get(i).nanos()).isGreaterThan(seen.get(i - 1).nanos());
                assertThat(seen.get(i).at()).isAfter(seen.get(i - 1).at());
            }
        }
    }

    @Test
    void bothClocksMeasureTheSameDistances() {
        try (FrameSource source = opener(options()).open(() -> false)) {
            List<Seen> seen = read(source, 8);
            Duration wall = Duration.between(seen.getFirst().at(), seen.getLast().at());
            long monotonic = seen.getLast().nanos() - seen.getFirst().nanos();
            assertThat(wall.toNanos()).isCloseTo(monotonic, within(20));
        }
    }

    private static org.assertj.core.data.Offset<Long> within(long millis) {
        return org.assertj.core.data.Offset.offset(millis * 1_000_000);
    }

    @Test
    void picturesAreOfOneSizeAndNotEmpty() {
        try (FrameSource source = opener(options()).open(() -> false)) {
            FrameBuffer frame = new FrameBuffer();
            assertThat(source.read(frame)).isEqualTo(Reading.FRAME);
            byte[] pixels = frame.image().bgr();
            assertThat(pixels)
                    .hasSizeGreaterThanOrEqualTo(
                            3 * frame.image().width() * frame.image().height());
            assertThat(distinct(pixels)).isGreaterThan(4);
            assertThat(source.read(frame)).isEqualTo(Reading.FRAME);
            assertThat(frame.image().bgr()).as("the same buffer again").isSameAs(pixels);
        }
    }

    private static long distinct(byte[] pixels) {
        boolean[] met = new boolean[256];
        long count = 0;
        for (byte pixel : pixels) {
            count += met[pixel & 0xff] ? 0 : 1;
            met[pixel & 0xff] = true;
        }
        return count;
    }

    @Test
    void noMoreFramesASecondThanAskedFor() {
        try (FrameSource source = opener(options().withMaxFrameRate(4)).open(() -> false)) {
            List<Seen> seen = read(source, 6);
            double seconds = (seen.getLast().nanos() - seen.getFirst().nanos()) / 1e9;
            assertThat(5 / seconds).isLessThanOrEqualTo(4.8);
        }
    }

    @Test
    void cancellingEndsReading() {
        AtomicBoolean cancelled = new AtomicBoolean();
        try (FrameSource source = opener(options()).open(cancelled::get)) {
            read(source, 2);
            cancelled.set(true);
            assertThat(source.read(new FrameBuffer())).isEqualTo(Reading.ENDED);
        }
    }

    @Test
    void canBeOpenedAgain() {
        FrameSource.Opener opener = opener(options());
        for (int i = 0; i < 2; i++) {
            try (FrameSource source = opener.open(() -> false)) {
                assertThat(read(source, 3)).hasSize(3);
            }
        }
    }
}
