package io.facet.vision.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

/** The one EXIF value that decides how a picture stands. */
final class Exif {
    /** No EXIF block of a JPEG is larger; metadata readers trust lengths, so they see no more. */
    private static final int MAX_BLOCK = 1 << 16;

    private Exif() {}

    /** Orientation in a TIFF block; upright when it has none or makes no sense. */
    static Orientation orientation(byte[] tiff) {
        if (tiff.length == 0 || tiff.length > MAX_BLOCK) {
            return Orientation.UPRIGHT;
        }
        Metadata metadata = new Metadata();
        new ExifReader().extract(new ByteArrayReader(tiff), metadata);
        ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer value =
                directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return value == null ? Orientation.UPRIGHT : Orientation.ofExif(value);
    }
}
