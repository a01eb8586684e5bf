package io.facet.edge.up;

import io.facet.vision.image.Image;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** Hangs pictures askew. */
final class Tilt {
    private Tilt() {}

    /** The picture turned about its centre, clockwise, in a frame of its own size. */
    static Image turned(Image image, double degrees) {
        BufferedImage from = blank(image.width(), image.height());
        int bytes = 3 * image.width() * image.height();
        System.arraycopy(image.bgr(), 0, pixels(from), 0, bytes);
        BufferedImage to = blank(image.width(), image.height());
        Graphics2D graphics = to.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, image.width(), image.height());
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.rotate(Math.toRadians(degrees), image.width() / 2.0, image.height() / 2.0);
        graphics.drawImage(from, 0, 0, null);
        graphics.dispose();
        return new Image(image.width(), image.height(), pixels(to));
    }

    private static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    private static byte[] pixels(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
