package io.facet.edge.capture.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.FrameSourceContract;
import io.facet.edge.capture.SourceAddress;
import io.facet.error.FacetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MjpegSourceIT extends FrameSourceContract {
    private final FfmpegSources sources = new FfmpegSources(InstantSource.system());
    private MjpegServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new MjpegServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected FrameSource.Opener opener(CaptureOptions options) {
        return at("/live", options);
    }

    private FrameSource.Opener at(String path, CaptureOptions options) {
        return sources.opener(SourceAddress.parse(server.address(path)), options);
    }

    private static CaptureOptions impatient() {
        return CaptureOptions.DEFAULT.withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(1));
    }

    private Reading lastOf(String path) {
        try (FrameSource source = at(path, impatient()).open(() -> false)) {
            FrameBuffer frame = new FrameBuffer();
            Reading reading = source.read(frame);
            assertThat(reading).isEqualTo(Reading.FRAME);
            while (reading instanceof Reading.Frame) {
                reading = source.read(frame);
            }
            return reading;
        }
    }

    @Test
    void aCameraThatStopsSendingStalls() {
        assertThat(lastOf("/stalls")).isInstanceOf(Reading.Stalled.class);
    }

    @Test
    void aCameraThatHangsUpFails() {
        assertThat(lastOf("/breaks")).isInstanceOf(Reading.Failed.class);
    }

    @Test
    void aWrongPathSaysSo() {
        assertThatThrownBy(() -> at("/nothing", impatient()).open(() -> false))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("404");
    }

    @Test
    void aCameraThatAcceptsAndIsSilentTimesOutWithoutTellingThePassword() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            for (String scheme : new String[] {"http", "rtsp"}) {
                String address =
                        scheme + "://user:hunter2@127.0.0.1:" + silent.getLocalPort() + "/live";
                FrameSource.Opener opener =
                        sources.opener(
                                SourceAddress.parse(address),
                                impatient()
                                        .withTimeouts(
                                                Duration.ofSeconds(1), Duration.ofSeconds(1)));
                assertThatThrownBy(() -> opener.open(() -> false))
                        .isInstanceOf(FacetException.class)
                        .hasMessageContaining("did not answer within 1 s")
                        .hasMessageNotContaining("hunter2");
            }
        }
    }

    @Test
    void nobodyListeningIsSaidAtOnce() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        FrameSource.Opener opener =
                sources.opener(SourceAddress.parse("rtsp://127.0.0.1:" + port + "/x"), options());
        assertThatThrownBy(() -> opener.open(() -> false))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void openingEndsWhenCancelled() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "rtsp://127.0.0.1:" + silent.getLocalPort() + "/live";
            FrameSource.Opener opener =
                    sources.opener(
                            SourceAddress.parse(address),
                            options().withTimeouts(Duration.ofHours(1), Duration.ofHours(1)));
            long soon = System.nanoTime() + 300_000_000;
            assertThatThrownBy(() -> opener.open(() -> System.nanoTime() > soon))
                    .isInstanceOf(FacetException.class);
        }
    }
}
