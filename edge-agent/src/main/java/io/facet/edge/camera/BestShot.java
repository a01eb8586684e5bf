package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.model.Box;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.Jpeg;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import io.facet.vision.image.JpegEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The best look at a face so far: its pixels with a margin, copied out of the frame into a buffer
 * that is kept, and when it was taken. Encoded only when an event needs it. One thread.
 */
final class BestShot {
    private static final float MARGIN = 0.3f;
    private static final float CLEARLY_BETTER = 1.05f;

    private byte[] pixels = new byte[0];
    private int width;
    private int height;
    private float quality = -1;
    private Box box = new Box(0, 0, 0, 0);
    private int frameWidth;
    private int frameHeight;
    private Instant capturedAt = Instant.EPOCH;
    private Duration monotonic = Duration.ZERO;
    private List<ExpressionScore> expressions = List.of();

    /** Takes the face when it is clearly better than the one held; whether it did. */
    boolean offer(FrameBuffer frame, DetectedFace face, float faceQuality) {
        if (faceQuality <= quality * CLEARLY_BETTER && quality >= 0) {
            return false;
        }
        Image image = frame.image();
        quality = faceQuality;
        box = face.box();
        frameWidth = image.width();
        frameHeight = image.height();
        capturedAt = frame.capturedAt();
        monotonic = Duration.ofNanos(frame.monotonicNanos());
        copy(image);
        return true;
    }

    private void copy(Image image) {
        float more = MARGIN * Math.max(box.width(), box.height());
        int left = Math.clamp((int) Math.floor(box.x() - more), 0, image.width() - 1);
        int top = Math.clamp((int) Math.floor(box.y() - more), 0, image.height() - 1);
        width = Math.clamp((int) Math.ceil(box.right() + more), left + 1, image.width()) - left;
        height = Math.clamp((int) Math.ceil(box.bottom() + more), top + 1, image.height()) - top;
        if (pixels.length < 3 * width * height) {
            pixels = new byte[3 * width * height * 3 / 2];
        }
        for (int y = 0; y < height; y++) {
            int from = 3 * ((top + y) * image.width() + left);
            System.arraycopy(image.bgr(), from, pixels, 3 * y * width, 3 * width);
        }
    }

    void expressions(List<ExpressionScore> guessed) {
        expressions = guessed;
    }

    boolean isEmpty() {
        return quality < 0;
    }

    float quality() {
        return quality;
    }

    Box box() {
        return box;
    }

    int frameWidth() {
        return frameWidth;
    }

    int frameHeight() {
        return frameHeight;
    }

    Instant capturedAt() {
        return capturedAt;
    }

    Duration monotonic() {
        return monotonic;
    }

    List<ExpressionScore> expressions() {
        return expressions;
    }

    Jpeg jpeg(JpegEncoder encoder) {
        return encoder.encode(new Image(width, height, pixels));
    }
}
