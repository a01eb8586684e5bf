package io.facet.hub.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * PNG files in which {@link FakeVision} sees faces: a colour is a face, white is none, near black
 * is too poor, and a picture twice as wide as high holds two.
 */
public final class FakePictures {
    private FakePictures() {}

    /** The face of somebody; equal numbers look alike, others do not. */
    public static byte[] of(int person) {
        return of(person, 0);
    }

    /** Another look at somebody; the shade, 0 to 3, hardly changes the face. */
    public static byte[] of(int person, int shade) {
        Color base = new Color((person * 67) % 160 + 64, (person * 31) % 160 + 64, 80 + shade);
        return png(200, 200, base);
    }

    /** One of 50,000 people who do not look alike. */
    public static byte[] ofMany(int person) {
        return png(64, 64, new Color(person % 224 + 16, person / 224 % 224 + 16, 80));
    }

    public static byte[] withoutFace() {
        return png(200, 200, Color.WHITE);
    }

    public static byte[] tooDark() {
        return png(200, 200, new Color(5, 5, 5));
    }

    public static byte[] withTwoFaces() {
        return png(400, 200, new Color(90, 120, 150));
    }

    private static byte[] png(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setColor(colour);
        g.fillRect(0, 0, width, height);
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
