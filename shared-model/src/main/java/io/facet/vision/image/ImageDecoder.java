package io.facet.vision.image;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Turns JPEG, PNG, WebP, BMP or GIF bytes of strangers into an upright {@link Image}.
 *
 * <p>The size is read from the header and held against the limits before anything is decoded. Of an
 * animation the first frame counts. Grey, palette, 16-bit and CMYK pictures become 8-bit BGR;
 * transparent parts become white; colour profiles are not applied.
 *
 * <p>Thread-safe. All decodings together hold at most as many pixels at a time as one picture may
 * have, so a large one waits for others.
 */
public final class ImageDecoder {
    static {
        ImageIO.scanForPlugins();
    }

    private static final int PIXELS_PER_PERMIT = 1024;

    private final int maxBytes;
    private final int maxPixels;
    private final Semaphore room;

    /**
     * Sets the limits.
     *
     * @param maxBytes most bytes of a file
     * @param maxPixels most pixels of a picture, width times height
     */
    public ImageDecoder(int maxBytes, int maxPixels) {
        this.maxBytes = maxBytes;
        this.maxPixels = maxPixels;
        this.room = new Semaphore(permits(maxPixels), true);
    }

    /**
     * Decodes one file.
     *
     * @return a picture the caller owns
     * @throws FacetException IMAGE_TOO_LARGE beyond the limits; IMAGE_UNREADABLE for anything that
     *     is no complete picture in a known format
     */
    public Image decode(byte[] file) {
        if (file.length > maxBytes) {
            throw tooLarge(file.length + " bytes, at most " + maxBytes + " are taken");
        }
        ImageHeader header = ImageHeader.read(file);
        requirePixels(header.width(), header.height());
        int permits = permits(header.pixels());
        room.acquireUninterruptibly(permits);
        try {
            return header.orientation().upright(pixels(file, header));
        } finally {
            room.release(permits);
        }
    }

    private Image pixels(byte[] file, ImageHeader header) {
        try (ImageInputStream in = new FileBytes(file)) {
            return PixelCopy.bgr(read(header, in));
        } catch (FacetException known) {
            throw known;
        } catch (IOException | RuntimeException broken) {
            // decoders answer rubbish with whatever index or state went wrong first
            throw new FacetException(
                    ErrorCode.IMAGE_UNREADABLE,
                    "the picture is damaged or cut short; send the whole file",
                    broken);
        }
    }

    private BufferedImage read(ImageHeader header, ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(header.format().readerName());
        if (!readers.hasNext()) {
            throw new IOException("no reader for " + header.format());
        }
        ImageReader reader = readers.next();
        try {
            Truncation truncation = new Truncation();
            reader.addIIOReadWarningListener(truncation);
            reader.setInput(in, true, true);
            requirePixels(reader.getWidth(0), reader.getHeight(0));
            BufferedImage image = reader.read(0);
            truncation.check();
            return image;
        } finally {
            reader.dispose();
        }
    }

    private void requirePixels(int width, int height) {
        if ((long) width * height > maxPixels) {
            throw tooLarge(
                    width + " x " + height + " pixels, at most " + maxPixels + " in all are taken");
        }
    }

    private static int permits(long pixels) {
        return (int) (pixels / PIXELS_PER_PERMIT) + 1;
    }

    private static FacetException tooLarge(String what) {
        return new FacetException(
                ErrorCode.IMAGE_TOO_LARGE, "the picture has " + what + "; send a smaller one");
    }
}
