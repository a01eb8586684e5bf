package io.facet.vision.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;

/** Whatever is sent as a picture: a picture within the limits, or a clear refusal. */
class ImageDecoderFuzzTest {
    private static final int MOST_PIXELS = 256 * 256;

    private final ImageDecoder decoder = new ImageDecoder(1 << 16, MOST_PIXELS);

    @FuzzTest(maxDuration = "1m")
    void anyBytesAreAPictureOrRefused(byte[] file) {
        try {
            Image image = decoder.decode(file);
            assertThat(image.width() * image.height()).isBetween(1, MOST_PIXELS);
        } catch (FacetException refused) {
            assertThat(refused.code()).isIn(ErrorCode.IMAGE_UNREADABLE, ErrorCode.IMAGE_TOO_LARGE);
        }
    }
}
