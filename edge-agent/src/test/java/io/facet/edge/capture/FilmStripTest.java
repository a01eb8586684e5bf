package io.facet.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.vision.image.Image;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FilmStripTest {
    private static final Size WINDOW = new Size(64, 16);

    private int loads;

    private Image solid(int value) {
        loads++;
        byte[] bgr = new byte[3 * 8 * 8];
        Arrays.fill(bgr, (byte) value);
        return new Image(8, 8, bgr);
    }

    private FilmStrip strip(int pictures) {
        return new FilmStrip(pictures, i -> solid(200 + i), WINDOW);
    }

    @Test
    void picturesMoveToTheLeftAsTheWindowMovesOn() {
        FilmStrip strip = strip(2);
        byte[] bgr = new byte[3 * 64 * 16];
        strip.draw(0, bgr);
        // A gap of 8, then a picture of 8 x 8 brought to 16 x 16.
        assertThat(bgr[3 * 7]).isEqualTo((byte) 96);
        assertThat(bgr[3 * 8]).isEqualTo((byte) 200);
        assertThat(bgr[3 * 23]).isEqualTo((byte) 200);
        assertThat(bgr[3 * 24]).isEqualTo((byte) 96);
        assertThat(bgr[3 * 32]).isEqualTo((byte) 201);
        strip.draw(10, bgr);
        assertThat(bgr[0]).isEqualTo((byte) 200);
        assertThat(bgr[3 * 22]).isEqualTo((byte) 201);
    }

    @Test
    void everyPictureIsLoadedOnceARound() {
        FilmStrip strip = strip(3);
        byte[] bgr = new byte[3 * 64 * 16];
        for (long x = 0; x < 3 * 24; x++) {
            strip.draw(x, bgr);
        }
        assertThat(loads).isEqualTo(6);
    }

    @Test
    void aRoundIsOverWhenTheLastPictureHasLeft() {
        FilmStrip strip = strip(2);
        byte[] bgr = new byte[3 * 64 * 16];
        strip.draw(0, bgr);
        assertThat(strip.isPast(48)).isFalse();
        assertThat(strip.isPast(49)).isTrue();
    }
}
