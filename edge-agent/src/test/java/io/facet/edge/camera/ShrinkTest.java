package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.vision.image.Image;
import org.junit.jupiter.api.Test;

class ShrinkTest {
    /** The left half black, the right half white; blue tells the rows. */
    private static Image halves(int width, int height) {
        byte[] bgr = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                bgr[at] = (byte) (y < height / 2 ? 50 : 150);
                bgr[at + 1] = (byte) (x < width / 2 ? 0 : 255);
                bgr[at + 2] = (byte) (x < width / 2 ? 0 : 255);
            }
        }
        return new Image(width, height, bgr);
    }

    private static int at(Image image, int x, int y, int channel) {
        return image.bgr()[3 * (y * image.width() + x) + channel] & 0xff;
    }

    private static Image shrunk(Image image, int maxWidth) {
        Shrink shrink = new Shrink(maxWidth);
        shrink.take(image);
        return shrink.image();
    }

    @Test
    void largePicturesAreScaledDownAndShowTheSame() {
        for (int width : new int[] {641, 1280, 1920, 3840}) {
            Image small = shrunk(halves(width, width * 9 / 16), 640);
            assertThat(small.width()).isLessThanOrEqualTo(640).isGreaterThan(630);
            assertThat((double) small.height() / small.width()).isBetween(0.55, 0.57);
            assertThat(at(small, 10, 10, 2)).isZero();
            assertThat(at(small, small.width() - 10, 10, 2)).isEqualTo(255);
            assertThat(at(small, 10, 10, 0)).isEqualTo(50);
            assertThat(at(small, 10, small.height() - 1, 0)).isEqualTo(150);
        }
    }

    @Test
    void sidesAreEvenAndSmallPicturesStayAsTheyAre() {
        Image odd = shrunk(halves(321, 201), 640);
        assertThat(odd.width()).isEqualTo(320);
        assertThat(odd.height()).isEqualTo(200);
        Image same = halves(320, 200);
        Image kept = shrunk(same, 640);
        assertThat(kept.bgr()).startsWith(same.bgr());
    }

    @Test
    void everyPixelIsTheMeanOfItsShare() {
        byte[] bgr = new byte[3 * 16];
        for (int i = 0; i < 16; i++) {
            bgr[3 * i] = (byte) (10 * i);
        }
        Image small = shrunk(new Image(4, 4, bgr), 2);
        // 0, 10, 40, 50 and so on
        assertThat(at(small, 0, 0, 0)).isEqualTo(25);
        assertThat(at(small, 1, 1, 0)).isEqualTo(125);
    }

    @Test
    void aCameraMayChangeItsSize() {
        Shrink shrink = new Shrink(100);
        shrink.take(halves(200, 100));
        assertThat(shrink.image().width()).isEqualTo(100);
        shrink.take(halves(80, 60));
        assertThat(shrink.image().width()).isEqualTo(80);
        assertThat(at(shrink.image(), 79, 0, 1)).isEqualTo(255);
    }
}
