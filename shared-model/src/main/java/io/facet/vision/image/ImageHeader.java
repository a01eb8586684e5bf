package io.facet.vision.image;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;

/**
 * What a picture file says of itself, read without decoding a pixel: nothing is allocated by what
 * the file claims.
 *
 * @param width pixels as stored, before turning upright
 * @param height pixels as stored
 */
record ImageHeader(ImageFormat format, int width, int height, Orientation orientation) {
    /**
     * Reads the header of a JPEG, PNG, GIF, BMP or WebP file.
     *
     * @throws FacetException IMAGE_UNREADABLE when it is none of these or is cut short
     */
    static ImageHeader read(byte[] data) {
        Bytes file = new Bytes(data);
        if (data.length == 0) {
            throw unreadable("the picture is empty");
        }
        ImageFormat format =
                ImageFormat.of(file)
                        .orElseThrow(() -> unreadable("this is no picture in a known format"));
        ImageHeader header =
                switch (format) {
                    case JPEG -> JpegHeader.read(file);
                    case PNG -> PngHeader.read(file);
                    case GIF -> of(format, file.u16le(6), file.u16le(8));
                    case BMP -> bmp(file);
                    case WEBP -> WebpHeader.read(file);
                };
        if (header.width < 1 || header.height < 1) {
            throw unreadable("the picture's header gives it no size");
        }
        return header;
    }

    long pixels() {
        return (long) width * height;
    }

    static ImageHeader of(ImageFormat format, int width, int height) {
        return new ImageHeader(format, width, height, Orientation.UPRIGHT);
    }

    static FacetException unreadable(String what) {
        return new FacetException(
                ErrorCode.IMAGE_UNREADABLE, what + "; send a JPEG, PNG, WebP or BMP file");
    }

    private static ImageHeader bmp(Bytes file) {
        boolean os2 = file.i32le(14) == 12;
        int width = os2 ? file.u16le(18) : file.i32le(18);
        int height = os2 ? file.u16le(20) : file.i32le(22);
        // a negative height means rows from the top
        return of(ImageFormat.BMP, width, height == Integer.MIN_VALUE ? 0 : Math.abs(height));
    }
}
