package io.facet.hub.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.hub.api.rest.MotionJpeg.Times;
import io.facet.hub.cameras.LiveFrame;
import io.facet.model.CameraId;
import io.facet.model.Jpeg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MotionJpegTest {
    private static final Times SHORT =
            new Times(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ZERO);

    private final LatestFrame frames = new LatestFrame();
    private final AtomicInteger seen = new AtomicInteger();

    private static LiveFrame frame(String picture) {
        return new LiveFrame(
                new CameraId(new UUID(1, 1)),
                Instant.EPOCH,
                1,
                1,
                new Jpeg(picture.getBytes(StandardCharsets.US_ASCII)),
                List.of());
    }

    private MotionJpeg pictures(boolean mayLook) {
        return new MotionJpeg(frames, 1000, () -> mayLook, _ -> seen.incrementAndGet(), SHORT);
    }

    @Test
    void theNewestPictureFollowsAndTheEndIsMarked() throws Exception {
        frames.accept(frame("old"));
        frames.accept(frame("new"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pictures(true).write(frame("first"), out);
        assertThat(out.toString(StandardCharsets.US_ASCII))
                .isEqualTo(
                        """
                        --facet-picture
                        Content-Type: image/jpeg
                        Content-Length: 5
                        X-Captured-At: 1970-01-01T00:00:00Z

                        first
                        --facet-picture
                        Content-Type: image/jpeg
                        Content-Length: 3
                        X-Captured-At: 1970-01-01T00:00:00Z

                        new
                        --facet-picture--
                        """
                                .replace("\n", "\r\n"));
        assertThat(seen.get()).isEqualTo(2);
    }

    @Test
    void whoMayNoLongerLookSeesNothingMore() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pictures(false).write(frame("secret"), out);
        assertThat(out.toString(StandardCharsets.US_ASCII)).doesNotContain("secret");
        assertThat(seen.get()).isZero();
    }

    @Test
    void aReaderThatDoesNotReadEndsIt() {
        assertThatThrownBy(() -> pictures(true).write(frame("x"), new Stuck()))
                .isInstanceOf(IOException.class);
        // The thread goes on to other calls: it is not left interrupted.
        assertThat(Thread.interrupted()).isFalse();
    }

    /** As a socket whose other end does not read. */
    private static final class Stuck extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                throw (IOException) new InterruptedIOException().initCause(interrupted);
            }
        }
    }
}
