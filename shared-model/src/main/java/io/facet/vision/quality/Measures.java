package io.facet.vision.quality;

/**
 * What is measured on the luminance of an aligned face.
 *
 * @param brightness mean, 0 to 1
 * @param contrast standard deviation, 0 to 1
 * @param sharpness 0 to 1: the energy of the Laplacian against that of the luminance
 */
record Measures(float brightness, float contrast, float sharpness) {
    /** Luminance variance of sensor noise and compression, which is no contrast. */
    private static final double NOISE = 25;

    /** The energy ratio that counts as half sharp. */
    private static final double HALF_SHARP = 0.15;

    static Measures of(GreyFace face) {
        double sum = 0;
        double squares = 0;
        double detail = 0;
        int pixels = 0;
        for (int y = 1; y < GreyFace.SIDE - 1; y++) {
            for (int x = 1; x < GreyFace.SIDE - 1; x++) {
                if (GreyFace.inFace(x, y)) {
                    float here = face.at(x, y);
                    float laplacian =
                            face.at(x - 1, y)
                                    + face.at(x + 1, y)
                                    + face.at(x, y - 1)
                                    + face.at(x, y + 1)
                                    - 4 * here;
                    sum += here;
                    squares += here * here;
                    detail += laplacian * laplacian;
                    pixels++;
                }
            }
        }
        double mean = sum / pixels;
        double variance = Math.max(0, squares / pixels - mean * mean);
        double ratio = detail / pixels / (variance + NOISE);
        return new Measures(
                (float) (mean / 255),
                (float) (Math.sqrt(variance) / 255),
                (float) (ratio / (ratio + HALF_SHARP)));
    }
}
