package io.facet.vision.image;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Picture files made by code. */
final class TestPictures {
    static final int WIDTH = 48;
    static final int HEIGHT = 32;

    private TestPictures() {}

    /** Red, green, blue and white quarters: top left, top right, bottom left, bottom right. */
    static BufferedImage quarters(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int quarter = (y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1);
                image.setRGB(x, y, colours[quarter].getRGB());
            }
        }
        return image;
    }

    static byte[] file(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static byte[] file(String format) {
        return file(quarters(BufferedImage.TYPE_3BYTE_BGR), format);
    }

    /** A PNG whose header claims a size and whose data is next to nothing. */
    static byte[] pngClaiming(int width, int height) {
        byte[] png = file("png");
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }

    /** The same JPEG with an EXIF block that gives an orientation, 1 to 8. */
    static byte[] jpegOriented(int orientation) {
        byte[] tiff = exif(orientation);
        ByteBuffer out = ByteBuffer.allocate(file("jpeg").length + tiff.length + 10);
        byte[] jpeg = file("jpeg");
        out.put(jpeg, 0, 2);
        out.putShort((short) 0xFFE1).putShort((short) (tiff.length + 8));
        out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff);
        out.put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }

    /** The same PNG with an eXIf chunk. */
    static byte[] pngOriented(int orientation) {
        byte[] tiff = exif(orientation);
        byte[] png = file("png");
        int afterHeader = 8 + 25;
        ByteBuffer out = ByteBuffer.allocate(png.length + tiff.length + 12);
        out.put(png, 0, afterHeader);
        byte[] type = "eXIf".getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(tiff);
        out.putInt(tiff.length).put(type).put(tiff).putInt((int) crc.getValue());
        out.put(png, afterHeader, png.length - afterHeader);
        return out.array();
    }

    private static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    static byte[] firstBytes(byte[] file, int count) {
        return Arrays.copyOf(file, count);
    }

    /** The colour at a pixel as 0xRRGGBB. */
    static int rgb(Image image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        return (image.bgr()[at + 2] & 0xFF) << 16
                | (image.bgr()[at + 1] & 0xFF) << 8
                | (image.bgr()[at] & 0xFF);
    }
}
