package io.facet.vision.quality;

import io.facet.model.Landmarks;
import io.facet.model.Point;
import java.util.List;

/**
 * Which way a head faces, in degrees: yaw above 0 to the picture's right, pitch above 0 down, roll
 * above 0 clockwise.
 */
public record HeadPose(float yaw, float pitch, float roll) {
    /**
     * A mean face in millimetres about the nose tip, x right, y down, z towards the camera: the
     * 112-pixel alignment template at an eye distance of 64 mm, the nose tip 6 mm lower, where
     * detectors put it: so the median pitch of press photos (LFW) is 0. Only the nose stands out of
     * the plane of the others.
     */
    private static final double[][] MODEL = {
        {-32, -42.8, -26}, {32, -42.8, -26}, {0, 0, 0}, {-26.5, 31.2, -24}, {26.5, 31.2, -24}
    };

    private static final double[][] INVERSE = pseudoInverse(centred(MODEL));

    /**
     * The pose under scaled orthography (DeMenthon and Davis, 1995, without iteration): the eyes'
     * line gives the roll; after turning it level, the least-squares 2 x 3 camera gives yaw and
     * pitch.
     */
    public static HeadPose of(Landmarks face) {
        double roll = face.roll();
        double[] x = new double[3];
        double[] y = new double[3];
        List<Point> points = face.points();
        for (int i = 0; i < points.size(); i++) {
            Point p = points.get(i);
            double level = p.x() * Math.cos(roll) + p.y() * Math.sin(roll);
            double down = p.y() * Math.cos(roll) - p.x() * Math.sin(roll);
            for (int k = 0; k < 3; k++) {
                x[k] += level * INVERSE[i][k];
                y[k] += down * INVERSE[i][k];
            }
        }
        return new HeadPose(
                (float) Math.toDegrees(Math.atan2(x[2], x[0])),
                (float) Math.toDegrees(Math.atan2(y[2], y[1])),
                (float) Math.toDegrees(roll));
    }

    /**
     * The greatest of the three angles, of the roll its half: alignment turns a leaning head level,
     * so that it costs recognition little, while nothing brings back what a turned one hides.
     */
    public float deviation() {
        return Math.max(Math.abs(yaw), Math.max(Math.abs(pitch), Math.abs(roll) / 2));
    }

    private static double[][] centred(double[][] rows) {
        double[][] result = new double[rows.length][3];
        for (int k = 0; k < 3; k++) {
            double mean = 0;
            for (double[] row : rows) {
                mean += row[k] / rows.length;
            }
            for (int i = 0; i < rows.length; i++) {
                result[i][k] = rows[i][k] - mean;
            }
        }
        return result;
    }

    /** A (A^T A)^-1: with it, the sum of p_i times row i is the least-squares camera row. */
    private static double[][] pseudoInverse(double[][] a) {
        double[][] n = new double[3][3];
        for (double[] row : a) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    n[j][k] += row[j] * row[k];
                }
            }
        }
        double[][] inverse = inverse(n);
        double[][] result = new double[a.length][3];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    result[i][k] += a[i][j] * inverse[j][k];
                }
            }
        }
        return result;
    }

    /** Inverse of a symmetric 3 x 3 matrix by cofactors. */
    private static double[][] inverse(double[][] m) {
        double[][] cofactor = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int r = (i + 1) % 3;
                int s = (i + 2) % 3;
                int t = (j + 1) % 3;
                int u = (j + 2) % 3;
                cofactor[i][j] = m[r][t] * m[s][u] - m[r][u] * m[s][t];
            }
        }
        double determinant =
                m[0][0] * cofactor[0][0] + m[0][1] * cofactor[0][1] + m[0][2] * cofactor[0][2];
        double[][] result = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                result[i][j] = cofactor[j][i] / determinant;
            }
        }
        return result;
    }
}
