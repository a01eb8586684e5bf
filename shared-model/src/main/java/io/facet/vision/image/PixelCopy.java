package io.facet.vision.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * Brings a decoded picture of any layout to packed BGR.
 *
 * <p>Grey and RGB samples are taken as they are. Java's own conversion would treat grey as linear
 * light and brighten it, and would be slow for 16 bits.
 */
final class PixelCopy {
    private static final int WHITE = 255;

    private PixelCopy() {}

    static Image bgr(BufferedImage image) {
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
                && image.getRaster().getParent() == null
                && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
                && buffer.getOffset() == 0) {
            return new Image(image.getWidth(), image.getHeight(), buffer.getData());
        }
        byte[] bgr = new byte[Math.multiplyExact(3 * image.getWidth(), image.getHeight())];
        if (hasPlainSamples(image.getColorModel())) {
            copySamples(image, bgr);
        } else {
            copyThroughRgb(image, bgr);
        }
        return new Image(image.getWidth(), image.getHeight(), bgr);
    }

    private static boolean hasPlainSamples(ColorModel model) {
        int type = model.getColorSpace().getType();
        return model instanceof ComponentColorModel
                && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB)
                && (model.getTransferType() == DataBuffer.TYPE_BYTE
                        || model.getTransferType() == DataBuffer.TYPE_USHORT)
                && !model.isAlphaPremultiplied();
    }

    private static void copySamples(BufferedImage image, byte[] bgr) {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int colours = model.getNumColorComponents();
        int shift = Math.max(0, model.getComponentSize(0) - 8);
        int[] row = new int[image.getWidth() * bands];
        int out = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i += bands) {
                int alpha = model.hasAlpha() ? row[i + bands - 1] >> shift : WHITE;
                for (int c = colours == 1 ? 0 : 2; c >= 0; c--) {
                    bgr[out++] = overWhite(row[i + c] >> shift, alpha);
                }
                if (colours == 1) {
                    bgr[out] = bgr[out - 1];
                    bgr[out + 1] = bgr[out - 1];
                    out += 2;
                }
            }
        }
    }

    private static void copyThroughRgb(BufferedImage image, byte[] bgr) {
        int[] row = new int[image.getWidth()];
        int out = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, image.getWidth(), 1, row, 0, image.getWidth());
            for (int argb : row) {
                int alpha = argb >>> 24;
                bgr[out++] = overWhite(argb & 0xFF, alpha);
                bgr[out++] = overWhite(argb >> 8 & 0xFF, alpha);
                bgr[out++] = overWhite(argb >> 16 & 0xFF, alpha);
            }
        }
    }

    private static byte overWhite(int value, int alpha) {
        return (byte) ((value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
    }
}
