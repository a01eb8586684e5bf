package io.facet.edge.capture.javacv;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.FrameSourceContract;
import io.facet.edge.capture.SourceAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a real RTSP server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RtspContract extends FrameSourceContract {
    private final String scheme;
    private RtspServer server;

    RtspContract(String scheme) {
        this.scheme = scheme;
    }

    @BeforeAll
    void serve(@TempDir Path folder) throws IOException {
        server = RtspServer.start(folder);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected FrameSource.Opener opener(CaptureOptions options) {
        return at(server, options);
    }

    private FrameSource.Opener at(RtspServer camera, CaptureOptions options) {
        return new FfmpegSources(InstantSource.system())
                .opener(SourceAddress.parse(camera.address(scheme)), options);
    }

    @Test
    void aServerThatDiesEndsReadingWithAReason(@TempDir Path folder) throws IOException {
        CaptureOptions impatient =
                CaptureOptions.DEFAULT.withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(2));
        try (RtspServer mortal = RtspServer.start(folder);
                FrameSource source = at(mortal, impatient).open(() -> false)) {
            FrameBuffer frame = new FrameBuffer();
            assertThat(source.read(frame)).isEqualTo(Reading.FRAME);
            mortal.die();
            Reading reading = source.read(frame);
            while (reading instanceof Reading.Frame) {
                reading = source.read(frame);
            }
            assertThat(reading).isInstanceOfAny(Reading.Failed.class, Reading.Stalled.class);
        }
    }
}
