package io.facet.vision.detect;

/**
 * How a picture lies in a detector's input: scaled so that its longer side is the wanted size, in
 * the top-left corner of a canvas whose sides are multiples of the detector's coarsest stride.
 *
 * @param scale input pixels per picture pixel
 * @param width of the canvas
 * @param height of the canvas
 */
public record DetectorInput(double scale, int width, int height) {
    /** Plans the input of a network that takes any multiple of {@code multiple}. */
    public static DetectorInput of(int pictureWidth, int pictureHeight, int size, int multiple) {
        double scale = (double) size / Math.max(pictureWidth, pictureHeight);
        return new DetectorInput(
                scale,
                roundUp(Math.round(pictureWidth * scale), multiple),
                roundUp(Math.round(pictureHeight * scale), multiple));
    }

    /**
     * Plans the input of a network of one size. Small pictures are not enlarged: these networks
     * miss faces that fill their input.
     *
     * @param zoom less than 1 leaves more of the input black
     */
    public static DetectorInput fixed(
            int pictureWidth, int pictureHeight, int width, int height, double zoom) {
        double filling = Math.min((double) width / pictureWidth, (double) height / pictureHeight);
        return new DetectorInput(Math.min(1, filling) * zoom, width, height);
    }

    private static int roundUp(long value, int multiple) {
        return (int) Math.max(1, (value + multiple - 1) / multiple) * multiple;
    }
}
