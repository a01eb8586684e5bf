package io.facet.hub.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import io.facet.hub.people.ImageFiles;
import io.facet.hub.people.Pictures;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.model.Box;
import io.facet.model.Jpeg;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.JpegEncoder;
import io.facet.vision.pipeline.Vision;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnalysesTest {
    private final CountingPictures pictures = new CountingPictures();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Analyses analyses =
            new Analyses(new FakeVision(), pictures, Vision.Wanted.RECOGNISE, () -> now);

    @Test
    void theSamePictureIsLookedAtOnceAMinute() {
        Analyses.Analysis first = analyses.of(FakePictures.of(1));
        assertThat(analyses.of(FakePictures.of(1))).isSameAs(first);
        assertThat(analyses.of(FakePictures.of(2))).isNotEqualTo(first);
        assertThat(pictures.decoded).isEqualTo(2);
        now = now.plusSeconds(61);
        analyses.of(FakePictures.of(1));
        assertThat(pictures.decoded).isEqualTo(3);
    }

    @Test
    void whatCouldNotBeReadIsNotKept() {
        byte[] rubbish = {1, 2, 3};
        assertThatThrownBy(() -> analyses.of(rubbish)).isInstanceOf(FacetException.class);
        assertThatThrownBy(() -> analyses.of(rubbish)).isInstanceOf(FacetException.class);
        assertThat(pictures.decoded).isEqualTo(2);
    }

    private static final class CountingPictures implements Pictures {
        private final ImageFiles files =
                new ImageFiles(new ImageDecoder(1 << 20, 1 << 20), new JpegEncoder(0.8f, 100));
        private int decoded;

        @Override
        public Image decode(byte[] file) {
            decoded++;
            return files.decode(file);
        }

        @Override
        public Jpeg crop(Image image, Box box) {
            return files.crop(image, box);
        }
    }
}
