package io.facet.hub.people;

import io.facet.model.Box;
import io.facet.model.Jpeg;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.JpegEncoder;

/** Pictures by the shared decoder and encoder. Thread-safe. */
public record ImageFiles(ImageDecoder decoder, JpegEncoder encoder) implements Pictures {
    /** Share of the box's longer side kept around a face. */
    private static final float MARGIN = 0.35f;

    @Override
    public Image decode(byte[] file) {
        return decoder.decode(file);
    }

    @Override
    public Jpeg crop(Image image, Box box) {
        return encoder.crop(image, box, MARGIN);
    }
}
