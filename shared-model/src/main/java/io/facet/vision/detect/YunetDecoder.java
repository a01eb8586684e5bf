package io.facet.vision.detect;

import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Reads one stride of YuNet's output: at cell (x, y) of stride s, score sqrt(cls * obj); centre ((x
 * + b0) s, (y + b1) s), size (exp(b2) s, exp(b3) s); point j ((x + k[2j]) s, (y + k[2j+1]) s).
 *
 * @param cls cells x 1
 * @param obj cells x 1
 * @param bbox cells x 4
 * @param kps cells x 10
 */
public record YunetDecoder(FloatBuffer cls, FloatBuffer obj, FloatBuffer bbox, FloatBuffer kps) {
    /** exp of more than this is no face size but a broken network. */
    private static final double MAX_LOG_SIZE = 10;

    /**
     * Adds the faces of this stride in pixels of the network's input.
     *
     * @param columns cells in a row
     * @param rows of cells
     * @param least score of a face
     */
    public void decode(
            int stride, int columns, int rows, float least, List<? super DetectedFace> into) {
        float leastSquare = least * least;
        for (int cell = 0; cell < columns * rows; cell++) {
            float square = unit(cls.get(cell)) * unit(obj.get(cell));
            if (square >= leastSquare) {
                into.add(face(cell, cell % columns, cell / columns, stride, square));
            }
        }
    }

    private DetectedFace face(int cell, int x, int y, int stride, float scoreSquare) {
        float width = size(bbox.get(4 * cell + 2), stride);
        float height = size(bbox.get(4 * cell + 3), stride);
        float left = (x + bbox.get(4 * cell)) * stride - width / 2;
        float top = (y + bbox.get(4 * cell + 1)) * stride - height / 2;
        return new DetectedFace(
                new Box(left, top, width, height),
                new Landmarks(
                        point(cell, 0, x, y, stride),
                        point(cell, 1, x, y, stride),
                        point(cell, 2, x, y, stride),
                        point(cell, 3, x, y, stride),
                        point(cell, 4, x, y, stride)),
                (float) Math.sqrt(scoreSquare));
    }

    private Point point(int cell, int j, int x, int y, int stride) {
        return new Point(
                (x + kps.get(10 * cell + 2 * j)) * stride,
                (y + kps.get(10 * cell + 2 * j + 1)) * stride);
    }

    private static float size(float log, int stride) {
        return (float) Math.exp(Math.min(log, MAX_LOG_SIZE)) * stride;
    }

    private static float unit(float value) {
        return Math.clamp(value, 0f, 1f);
    }
}
