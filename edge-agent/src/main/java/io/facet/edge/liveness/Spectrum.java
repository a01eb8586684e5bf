package io.facet.edge.liveness;

/** The power spectrum of a square of pixels, by the Fourier transform of Cooley and Tukey. */
final class Spectrum {
    /** Pixels a side. */
    static final int SIDE = 64;

    private final double[] real = new double[SIDE * SIDE];
    private final double[] imaginary = new double[SIDE * SIDE];
    private final double[] cosines = new double[SIDE / 2];
    private final double[] sines = new double[SIDE / 2];
    private final double[] window = new double[SIDE];

    Spectrum() {
        for (int i = 0; i < SIDE / 2; i++) {
            cosines[i] = Math.cos(-2 * Math.PI * i / SIDE);
            sines[i] = Math.sin(-2 * Math.PI * i / SIDE);
        }
        for (int i = 0; i < SIDE; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SIDE);
        }
    }

    /**
     * Replaces pixels by the power of each frequency, the whole picture's at 0, negative ones at
     * the end; a Hann window keeps the square's edges out of it.
     */
    void of(float[] pixels) {
        double mean = 0;
        for (float pixel : pixels) {
            mean += pixel;
        }
        mean /= pixels.length;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = y * SIDE + x;
                real[at] = (pixels[at] - mean) * window[x] * window[y];
                imaginary[at] = 0;
            }
        }
        for (int i = 0; i < SIDE; i++) {
            transform(i * SIDE, 1);
        }
        for (int i = 0; i < SIDE; i++) {
            transform(i, SIDE);
        }
        for (int at = 0; at < pixels.length; at++) {
            pixels[at] = (float) (real[at] * real[at] + imaginary[at] * imaginary[at]);
        }
    }

    private void transform(int from, int step) {
        for (int i = 1, j = 0; i < SIDE; i++) {
            int bit = SIDE >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(real, from + i * step, from + j * step);
                swap(imaginary, from + i * step, from + j * step);
            }
        }
        for (int length = 2; length <= SIDE; length <<= 1) {
            for (int block = 0; block < SIDE; block += length) {
                butterflies(from, step, block, length);
            }
        }
    }

    private void butterflies(int from, int step, int block, int length) {
        for (int k = 0; k < length / 2; k++) {
            int even = from + (block + k) * step;
            int odd = from + (block + k + length / 2) * step;
            double c = cosines[k * SIDE / length];
            double s = sines[k * SIDE / length];
            double re = real[odd] * c - imaginary[odd] * s;
            double im = real[odd] * s + imaginary[odd] * c;
            real[odd] = real[even] - re;
            imaginary[odd] = imaginary[even] - im;
            real[even] += re;
            imaginary[even] += im;
        }
    }

    private static void swap(double[] values, int a, int b) {
        double kept = values[a];
        values[a] = values[b];
        values[b] = kept;
    }
}
