package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.camera.LiveView.Face;
import io.facet.edge.camera.LiveView.Picture;
import io.facet.edge.camera.LiveView.Wish;
import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Region;
import io.facet.model.Region.Corner;
import io.facet.model.TrackId;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LivePainterTest {
    private static final Region LEFT_HALF =
            new Region(
                    List.of(
                            new Corner(0, 0),
                            new Corner(0.5f, 0),
                            new Corner(0.5f, 1),
                            new Corner(0, 1)));

    private final LivePainter painter = new LivePainter();

    private static LivePainter.Shot white(List<Face> faces) {
        byte[] bgr = new byte[3 * 320 * 200];
        Arrays.fill(bgr, (byte) 255);
        return new LivePainter.Shot(
                new CameraId(new UUID(1, 1)), Instant.EPOCH, new Image(320, 200, bgr), faces);
    }

    private static Image decoded(Picture picture) {
        return new ImageDecoder(1_000_000, 1_000_000).decode(picture.jpeg().bytes());
    }

    private static int brightness(Image image, int x, int y) {
        return image.bgr()[3 * (y * image.width() + x)] & 0xff;
    }

    @Test
    void whatAMaskCoversIsBlackAtEverySize() {
        for (int width : new int[] {320, 160}) {
            Wish wish = new Wish(Duration.ofSeconds(1), 1, width, false);
            Image seen = decoded(painter.paint(white(List.of()), List.of(LEFT_HALF), wish));
            assertThat(seen.width()).isEqualTo(width);
            assertThat(brightness(seen, width / 4, 50)).isLessThan(16);
            assertThat(brightness(seen, width * 3 / 4, 50)).isGreaterThan(240);
        }
    }

    @Test
    void aFaceIsDrawnOnlyForWhoWantsIt() {
        Face face =
                new Face(
                        new Box(200, 60, 80, 80),
                        new TrackId(new UUID(2, 2)),
                        Optional.empty(),
                        "",
                        0);
        LivePainter.Shot shot = white(List.of(face));
        Wish plain = new Wish(Duration.ofSeconds(1), 1, 320, false);
        Wish drawn = new Wish(Duration.ofSeconds(1), 1, 320, true);
        assertThat(brightness(decoded(painter.paint(shot, List.of(), plain)), 240, 60))
                .isGreaterThan(240);
        assertThat(brightness(decoded(painter.paint(shot, List.of(), drawn)), 240, 60))
                .isLessThan(128);
        assertThat(painter.paint(shot, List.of(), plain).faces()).hasSize(1);
    }
}
