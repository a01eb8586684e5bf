package io.facet.vision.image;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Hears the JPEG reader say that a file ended early: it fills the rest with grey and goes on, but
 * half a face must not be enrolled. One per decoding.
 */
final class Truncation implements IIOReadWarningListener {
    private boolean happened;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        happened |= warning.toLowerCase(Locale.ROOT).contains("premature end");
    }

    /** Throws IMAGE_UNREADABLE when the file was cut short. */
    void check() {
        if (happened) {
            throw Bytes.cutShort();
        }
    }
}
