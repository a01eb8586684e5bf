package io.facet.vision.image;

import java.util.Optional;

/** The picture formats that are read, told apart by their first bytes, never by a file name. */
enum ImageFormat {
    JPEG("jpeg"),
    PNG("png"),
    GIF("gif"),
    BMP("bmp"),
    WEBP("webp");

    private final String readerName;

    ImageFormat(String readerName) {
        this.readerName = readerName;
    }

    /** The name under which Image I/O knows its reader. */
    String readerName() {
        return readerName;
    }

    static Optional<ImageFormat> of(Bytes file) {
        if (file.startsWith(0, 0xFF, 0xD8, 0xFF)) {
            return Optional.of(JPEG);
        } else if (file.startsWith(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return Optional.of(PNG);
        } else if (file.startsWith(0, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        } else if (file.startsWith(0, 'B', 'M')) {
            return Optional.of(BMP);
        } else if (file.startsWith(0, 'R', 'I', 'F', 'F')
                && file.startsWith(8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }
}
