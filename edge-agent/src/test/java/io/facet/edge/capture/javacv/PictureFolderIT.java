package io.facet.edge.capture.javacv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.FrameSourceContract;
import io.facet.edge.capture.SourceAddress;
import io.facet.error.FacetException;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderIT extends FrameSourceContract {
    @TempDir Path folder;

    @BeforeEach
    void paint() throws IOException {
        for (String name : new String[] {"a.png", "b.jpg"}) {
            BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D pen = image.createGraphics();
            pen.setPaint(new GradientPaint(0, 0, Color.BLUE, 300, 200, Color.YELLOW));
            pen.fillRect(0, 0, 300, 200);
            pen.dispose();
            ImageIO.write(image, name.substring(2), folder.resolve(name).toFile());
        }
    }

    @Override
    protected FrameSource.Opener opener(CaptureOptions options) {
        return new FfmpegSources(InstantSource.system())
                .opener(SourceAddress.parse(folder.toString()), options);
    }

    @Test
    void playedOnceItEndsAfterTheLastPicture() {
        FrameBuffer frame = new FrameBuffer();
        try (FrameSource source =
                opener(options().withPlayback(Playback.ONCE_FAST)).open(() -> false)) {
            int frames = 0;
            while (source.read(frame) instanceof Reading.Frame) {
                frames++;
            }
            // Two pictures of 1080 pixels and two gaps of 160, at 1280 pixels in 8 seconds.
            assertThat(frames).isBetween(225, 245);
        }
    }

    @Test
    void aFolderWithoutPicturesIsRefused(@TempDir Path empty) {
        FrameSource.Opener opener =
                new FfmpegSources(InstantSource.system())
                        .opener(SourceAddress.parse(empty.toString()), options());
        assertThatThrownBy(() -> opener.open(() -> false))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("no picture");
    }
}
