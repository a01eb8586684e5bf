package io.facet.vision.image;

/** Reads the three kinds of WebP file: lossy, lossless and extended. */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int SIZE_14_BITS = 0x3FFF;

    private WebpHeader() {}

    static ImageHeader read(Bytes file) {
        int body = FIRST_CHUNK + 8;
        if (file.startsWith(FIRST_CHUNK, 'V', 'P', '8', 'X')) {
            return new ImageHeader(
                    ImageFormat.WEBP,
                    file.u24le(body + 4) + 1,
                    file.u24le(body + 7) + 1,
                    orientation(file));
        } else if (file.startsWith(FIRST_CHUNK, 'V', 'P', '8', 'L')) {
            int bits = file.i32le(body + 1);
            return ImageHeader.of(
                    ImageFormat.WEBP, (bits & SIZE_14_BITS) + 1, (bits >>> 14 & SIZE_14_BITS) + 1);
        } else if (file.startsWith(FIRST_CHUNK, 'V', 'P', '8', ' ')) {
            return ImageHeader.of(
                    ImageFormat.WEBP,
                    file.u16le(body + 6) & SIZE_14_BITS,
                    file.u16le(body + 8) & SIZE_14_BITS);
        }
        throw ImageHeader.unreadable("the WebP holds no picture");
    }

    private static Orientation orientation(Bytes file) {
        int at = FIRST_CHUNK;
        while (at + 8 <= file.length()) {
            int length = file.i32le(at + 4);
            if (length < 0 || length > file.length() - at - 8) {
                break;
            }
            if (file.startsWith(at, 'E', 'X', 'I', 'F')) {
                // some writers put JPEG's preamble before the TIFF block
                int preamble = file.startsWith(at + 8, 'E', 'x', 'i', 'f', 0, 0) ? 6 : 0;
                return Exif.orientation(file.part(at + 8 + preamble, length - preamble));
            }
            at += 8 + length + (length & 1);
        }
        return Orientation.UPRIGHT;
    }
}
