package io.facet.edge.liveness;

/**
 * How much of a face's change between two looks a flat picture could show.
 *
 * <p>Two pictures of one plane differ by a homography, whatever the plane and the camera do; two
 * pictures of a head that turns, blinks or speaks do not. So the second patch is brought onto the
 * first by the homography that fits its pixels best (inverse compositional Gauss-Newton, Baker and
 * Matthews, "Lucas-Kanade 20 Years On", 2004), light and contrast set aside, and what is left over
 * counts: nearly nothing for a print.
 *
 * <p>Five landmarks would not do: their own error is as large as what a turning nose moves.
 *
 * <p>One thread; keeps its buffers.
 */
final class PlaneFit {
    private static final int OUTER = FacePatch.SIDE;

    /** Pixels a side of what is compared; the rest is room to move. */
    private static final int INNER = 48;

    private static final int MARGIN = (OUTER - INNER) / 2;
    private static final int PARAMETERS = 8;
    private static final int ROUNDS = 15;
    private static final float ENOUGH = 1e-4f;

    private final float[] template = new float[INNER * INNER];
    private final float[] steepest = new float[PARAMETERS * INNER * INNER];
    private final double[] hessian = new double[PARAMETERS * PARAMETERS];
    private final double[] factor = new double[PARAMETERS * PARAMETERS];
    private final double[] gradient = new double[PARAMETERS];
    private final float[] warped = new float[INNER * INNER];
    private final double[] warp = new double[9];
    private final double[] next = new double[9];
    private final double[] step = new double[9];

    /** Sets the first look. */
    void reference(float[] patch) {
        for (int y = 0; y < INNER; y++) {
            System.arraycopy(patch, (y + MARGIN) * OUTER + MARGIN, template, y * INNER, INNER);
        }
        double spread = normalise(template);
        java.util.Arrays.fill(hessian, 0);
        for (int y = 0; y < INNER; y++) {
            for (int x = 0; x < INNER; x++) {
                int at = (y + MARGIN) * OUTER + x + MARGIN;
                double gx = (patch[at + 1] - patch[at - 1]) / 2 / spread * INNER / 2;
                double gy = (patch[at + OUTER] - patch[at - OUTER]) / 2 / spread * INNER / 2;
                descend(y * INNER + x, unit(x), unit(y), gx, gy);
            }
        }
    }

    /** A pixel's place, -1 to 1. */
    private static double unit(int pixel) {
        return (pixel + 0.5) * 2 / INNER - 1;
    }

    private void descend(int pixel, double x, double y, double gx, double gy) {
        int at = PARAMETERS * pixel;
        double along = x * gx + y * gy;
        steepest[at] = (float) (gx * x);
        steepest[at + 1] = (float) (gx * y);
        steepest[at + 2] = (float) gx;
        steepest[at + 3] = (float) (gy * x);
        steepest[at + 4] = (float) (gy * y);
        steepest[at + 5] = (float) gy;
        steepest[at + 6] = (float) (-x * along);
        steepest[at + 7] = (float) (-y * along);
        for (int i = 0; i < PARAMETERS; i++) {
            for (int j = 0; j <= i; j++) {
                hessian[i * PARAMETERS + j] += steepest[at + i] * steepest[at + j];
            }
        }
    }

    /**
     * What is left of a later look after the best homography: the root mean square over the pixels,
     * both patches having mean 0 and spread 1. 0 is the same picture, 1.4 one that has nothing to
     * do with it.
     */
    float residual(float[] patch) {
        factorise();
        identity(warp);
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            double error = error(patch);
            least = Math.min(least, error);
            solve();
            if (!compose()) {
                break;
            }
        }
        return (float) Math.sqrt(Math.min(least, error(patch)));
    }

    /** Warps, compares and gathers the way down; the mean square difference. */
    private double error(float[] patch) {
        for (int y = 0; y < INNER; y++) {
            for (int x = 0; x < INNER; x++) {
                warped[y * INNER + x] = warped(patch, unit(x), unit(y));
            }
        }
        normalise(warped);
        java.util.Arrays.fill(gradient, 0);
        double sum = 0;
        for (int pixel = 0; pixel < warped.length; pixel++) {
            double difference = warped[pixel] - template[pixel];
            sum += difference * difference;
            for (int i = 0; i < PARAMETERS; i++) {
                gradient[i] += steepest[PARAMETERS * pixel + i] * difference;
            }
        }
        return sum / warped.length;
    }

    private float warped(float[] patch, double x, double y) {
        double w = warp[6] * x + warp[7] * y + warp[8];
        double column = ((warp[0] * x + warp[1] * y + warp[2]) / w + 1) * INNER / 2 - 0.5 + MARGIN;
        double line = ((warp[3] * x + warp[4] * y + warp[5]) / w + 1) * INNER / 2 - 0.5 + MARGIN;
        double inside = Math.clamp(column, 0, OUTER - 1.001);
        double within = Math.clamp(line, 0, OUTER - 1.001);
        int left = (int) inside;
        int top = (int) within;
        float right = (float) (inside - left);
        float below = (float) (within - top);
        int at = top * OUTER + left;
        float upper = patch[at] * (1 - right) + patch[at + 1] * right;
        float lower = patch[at + OUTER] * (1 - right) + patch[at + OUTER + 1] * right;
        return upper * (1 - below) + lower * below;
    }

    /** Makes the mean 0 and the spread 1; the spread there was. */
    private static double normalise(float[] pixels) {
        double mean = 0;
        for (float pixel : pixels) {
            mean += pixel;
        }
        mean /= pixels.length;
        double square = 0;
        for (float pixel : pixels) {
            square += (pixel - mean) * (pixel - mean);
        }
        double spread = Math.sqrt(square / pixels.length) + 1e-3;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) ((pixels[i] - mean) / spread);
        }
        return spread;
    }

    /** Cholesky, a little ridge added for faces without texture. */
    private void factorise() {
        for (int i = 0; i < PARAMETERS; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = hessian[i * PARAMETERS + j] + (i == j ? 1e-3 : 0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * PARAMETERS + k] * factor[j * PARAMETERS + k];
                }
                factor[i * PARAMETERS + j] =
                        i == j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / factor[j * PARAMETERS + j];
            }
        }
    }

    /** The step, in place of the gradient. */
    private void solve() {
        for (int i = 0; i < PARAMETERS; i++) {
            for (int k = 0; k < i; k++) {
                gradient[i] -= factor[i * PARAMETERS + k] * gradient[k];
            }
            gradient[i] /= factor[i * PARAMETERS + i];
        }
        for (int i = PARAMETERS - 1; i >= 0; i--) {
            for (int k = i + 1; k < PARAMETERS; k++) {
                gradient[i] -= factor[k * PARAMETERS + i] * gradient[k];
            }
            gradient[i] /= factor[i * PARAMETERS + i];
        }
    }

    /** The warp after undoing the step; whether it is worth another round. */
    private boolean compose() {
        step[0] = 1 + gradient[0];
        step[1] = gradient[1];
        step[2] = gradient[2];
        step[3] = gradient[3];
        step[4] = 1 + gradient[4];
        step[5] = gradient[5];
        step[6] = gradient[6];
        step[7] = gradient[7];
        step[8] = 1;
        double size = 0;
        for (double part : gradient) {
            size += part * part;
        }
        timesInverse();
        return size > ENOUGH * ENOUGH;
    }

    /** Multiplies the warp by the step's inverse, which its adjugate is but for a factor. */
    private void timesInverse() {
        double a = step[4] * step[8] - step[5] * step[7];
        double b = step[2] * step[7] - step[1] * step[8];
        double c = step[1] * step[5] - step[2] * step[4];
        double d = step[5] * step[6] - step[3] * step[8];
        double e = step[0] * step[8] - step[2] * step[6];
        double f = step[2] * step[3] - step[0] * step[5];
        double g = step[3] * step[7] - step[4] * step[6];
        double h = step[1] * step[6] - step[0] * step[7];
        double i = step[0] * step[4] - step[1] * step[3];
        for (int r = 0; r < 9; r += 3) {
            next[r] = warp[r] * a + warp[r + 1] * d + warp[r + 2] * g;
            next[r + 1] = warp[r] * b + warp[r + 1] * e + warp[r + 2] * h;
            next[r + 2] = warp[r] * c + warp[r + 1] * f + warp[r + 2] * i;
        }
        double scale = Math.abs(next[8]) < 1e-9 ? 1 : next[8];
        for (int k = 0; k < 9; k++) {
            warp[k] = next[k] / scale;
        }
    }

    private static void identity(double[] matrix) {
        for (int i = 0; i < 9; i++) {
            matrix[i] = i % 4 == 0 ? 1 : 0;
        }
    }
}
