package io.facet.vision.image;

/** Walks the chunks of a PNG file without unpacking any. */
final class PngHeader {
    private static final int FIRST_CHUNK = 8;

    private PngHeader() {}

    static ImageHeader read(Bytes file) {
        if (!file.startsWith(FIRST_CHUNK + 4, 'I', 'H', 'D', 'R')) {
            throw ImageHeader.unreadable("the PNG does not begin with its header");
        }
        return new ImageHeader(
                ImageFormat.PNG,
                file.i32be(FIRST_CHUNK + 8),
                file.i32be(FIRST_CHUNK + 12),
                orientation(file));
    }

    private static Orientation orientation(Bytes file) {
        int at = FIRST_CHUNK;
        while (at + 12 <= file.length()) {
            int length = file.i32be(at);
            if (length < 0 || length > file.length() - at - 12) {
                break;
            }
            if (file.startsWith(at + 4, 'e', 'X', 'I', 'f')) {
                return Exif.orientation(file.part(at + 8, length));
            }
            at += 12 + length;
        }
        return Orientation.UPRIGHT;
    }
}
