package io.facet.vision.image;

import io.facet.model.Box;
import io.facet.model.Jpeg;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes JPEG files of pictures and of faces cut out of them. Thread-safe. */
public final class JpegEncoder {
    private final float quality;
    private final int maxSide;

    /**
     * Sets how good and how large its pictures are.
     *
     * @param quality 0 to 1; 0.85 suits faces
     * @param maxSide pixels of the longer side that larger pictures are scaled down to
     */
    public JpegEncoder(float quality, int maxSide) {
        this.quality = quality;
        this.maxSide = maxSide;
    }

    /** Encodes all of a picture. */
    public Jpeg encode(Image image) {
        return encode(image, Window.of(image));
    }

    /**
     * Encodes a face with what surrounds it, as far as the picture reaches.
     *
     * @param margin share of the box's longer side added on every side, 0 and up
     */
    public Jpeg crop(Image image, Box box, float margin) {
        float more = margin * Math.max(box.width(), box.height());
        int left = Math.clamp((int) Math.floor(box.x() - more), 0, image.width() - 1);
        int top = Math.clamp((int) Math.floor(box.y() - more), 0, image.height() - 1);
        int right = Math.clamp((int) Math.ceil(box.right() + more), left + 1, image.width());
        int bottom = Math.clamp((int) Math.ceil(box.bottom() + more), top + 1, image.height());
        return encode(image, new Window(left, top, right - left, bottom - top));
    }

    private Jpeg encode(Image image, Window part) {
        BufferedImage copy =
                new BufferedImage(part.width(), part.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = ((DataBufferByte) copy.getRaster().getDataBuffer()).getData();
        image.copy(part, to);
        return new Jpeg(write(shrunk(copy)));
    }

    private BufferedImage shrunk(BufferedImage image) {
        int longer = Math.max(image.getWidth(), image.getHeight());
        if (longer <= maxSide) {
            return image;
        }
        int width = Math.max(1, image.getWidth() * maxSide / longer);
        int height = Math.max(1, image.getHeight() * maxSide / longer);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = small.createGraphics();
        pen.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, width, height, null);
        pen.dispose();
        return small;
    }

    private byte[] write(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // memory has no I/O errors
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
