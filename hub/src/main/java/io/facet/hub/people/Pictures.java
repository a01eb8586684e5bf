package io.facet.hub.people;

import io.facet.model.Box;
import io.facet.model.Jpeg;
import io.facet.vision.image.Image;

/** Files to pixels and back. Thread-safe. */
public interface Pictures {
    /**
     * Decodes within the configured limits.
     *
     * @throws io.facet.error.FacetException {@code IMAGE_UNREADABLE}, {@code IMAGE_TOO_LARGE}
     */
    Image decode(byte[] file);

    /** A face with a margin, small enough to keep. */
    Jpeg crop(Image image, Box box);
}
