package io.facet.vision.image;

import java.util.Arrays;

/** Walks the segments of a JPEG file (ITU-T T.81, annex B). */
final class JpegHeader {
    /**
     * A progressive file may ask for any number of passes over all its pixels; libjpeg-turbo's own
     * fuzzing stops at 500, cameras and editors make about ten.
     */
    private static final int MAX_SCANS = 100;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;

    private final Bytes file;
    private int width;
    private int height;
    private int scans;
    private Orientation orientation = Orientation.UPRIGHT;

    private JpegHeader(Bytes file) {
        this.file = file;
    }

    static ImageHeader read(Bytes file) {
        JpegHeader header = new JpegHeader(file);
        header.walk();
        if (header.width == 0 || header.height == 0) {
            throw Bytes.cutShort();
        }
        return new ImageHeader(ImageFormat.JPEG, header.width, header.height, header.orientation);
    }

    private void walk() {
        int at = 0;
        while (at + 3 < file.length()) {
            if (file.u8(at) != 0xFF) {
                at++; // entropy-coded data, or rubbish between segments
                continue;
            }
            int marker = file.u8(at + 1);
            if (marker == EOI) {
                return;
            }
            at = standsAlone(marker) ? at + (marker == 0xFF ? 1 : 2) : segment(marker, at + 2);
        }
    }

    private int segment(int marker, int at) {
        int length = file.u16be(at);
        if (isFrame(marker) && width == 0) {
            height = file.u16be(at + 3);
            width = file.u16be(at + 5);
        } else if (marker == APP1 && file.startsWith(at + 2, 'E', 'x', 'i', 'f', 0, 0)) {
            orientation = Exif.orientation(file.part(at + 8, length - 8));
        } else if (marker == SOS && ++scans > MAX_SCANS) {
            throw ImageHeader.unreadable("the JPEG has more than " + MAX_SCANS + " scans");
        }
        return at + Math.max(2, length);
    }

    /** A stuffed 0, a fill byte, a restart marker, TEM or SOI. */
    private static boolean standsAlone(int marker) {
        return marker <= 1 || marker == 0xFF || (marker >= 0xD0 && marker <= SOI);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && Arrays.stream(new int[] {0xC4, 0xC8, 0xCC}).noneMatch(m -> m == marker);
    }
}
