package io.facet.edge.capture.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.FrameSourceContract;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.TestData;
import io.facet.error.FacetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoFileSourceIT extends FrameSourceContract {
    private final FfmpegSources sources = new FfmpegSources(InstantSource.system());

    @Override
    protected FrameSource.Opener opener(CaptureOptions options) {
        return sources.opener(SourceAddress.parse(TestData.woman().toString()), options);
    }

    private static long countToEnd(FrameSource source) {
        FrameBuffer frame = new FrameBuffer();
        long frames = 0;
        Reading reading = source.read(frame);
        while (reading instanceof Reading.Frame) {
            frames++;
            reading = source.read(frame);
        }
        assertThat(reading).isEqualTo(Reading.ENDED);
        return frames;
    }

    @Test
    void playedOnceItEndsAndGivesEveryFrame() {
        CaptureOptions all = options().withPlayback(Playback.ONCE_FAST).withMaxFrameRate(60);
        try (FrameSource source = opener(all).open(() -> false)) {
            assertThat(countToEnd(source)).isEqualTo(23);
        }
    }

    @Test
    void playedInALoopItGoesOnPastItsEnd() {
        CaptureOptions looped =
                options().withPlayback(new Playback(true, false, 0)).withMaxFrameRate(60);
        try (FrameSource source = opener(looped).open(() -> false)) {
            FrameBuffer frame = new FrameBuffer();
            long last = Long.MIN_VALUE;
            for (int i = 0; i < 700; i++) {
                assertThat(source.read(frame)).isEqualTo(Reading.FRAME);
                assertThat(frame.index()).isEqualTo(i);
                assertThat(frame.monotonicNanos()).isGreaterThan(last);
                last = frame.monotonicNanos();
            }
        }
    }

    @Test
    void framesAreBroughtToTheSizeAskedFor() {
        CaptureOptions scaled = options().withScaleTo(new Size(1280, 720));
        try (FrameSource source = opener(scaled).open(() -> false)) {
            FrameBuffer frame = new FrameBuffer();
            assertThat(source.read(frame)).isEqualTo(Reading.FRAME);
            assertThat(frame.image().width()).isEqualTo(1280);
            assertThat(frame.image().height()).isEqualTo(720);
        }
    }

    @Test
    void aFileThatIsNoVideoIsRefused(@TempDir Path folder) throws Exception {
        Path notes = Files.writeString(folder.resolve("notes.mp4"), "just some words\n".repeat(99));
        FrameSource.Opener opener =
                sources.opener(SourceAddress.parse(notes.toString()), options());
        assertThatThrownBy(() -> opener.open(() -> false)).isInstanceOf(FacetException.class);
    }

    @Test
    void aPlaylistCannotLeadElsewhere(@TempDir Path folder) throws Exception {
        Path list =
                Files.writeString(
                        folder.resolve("list.m3u8"),
                        "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/clip.ts\n#EXT-X-ENDLIST\n");
        FrameSource.Opener opener = sources.opener(SourceAddress.parse(list.toString()), options());
        assertThatThrownBy(() -> opener.open(() -> false)).isInstanceOf(FacetException.class);
    }
}
