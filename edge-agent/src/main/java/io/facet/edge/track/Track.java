package io.facet.edge.track;

import io.facet.model.Box;
import io.facet.model.TrackId;
import io.facet.vision.detect.DetectedFace;

/**
 * One visit of one face. Belongs to its {@link Tracker}'s thread; what it says changes with every
 * update.
 */
public final class Track {
    // Shares of the face's height: what detectors and people usually do.
    private static final double MEASUREMENT_SD = 0.05;
    private static final double SPEED_SD = 1.5;
    private static final double ACCELERATION_SD = 4;
    private static final double SIZE_ACCELERATION_SD = 1;
    private static final double COASTING_SECONDS = 0.4;

    private final TrackId id;
    private final long firstSeenNanos;
    private final MotionFilter x;
    private final MotionFilter y;
    private final MotionFilter width;
    private final MotionFilter height;
    private DetectedFace face;
    private long lastSeenNanos;
    private long nowNanos;
    private int hits;
    private boolean seenNow;
    private boolean confirmed;

    Track(TrackId id, DetectedFace face, long nanos) {
        this.id = id;
        this.firstSeenNanos = nanos;
        this.lastSeenNanos = nanos;
        this.nowNanos = nanos;
        this.face = face;
        Box box = face.box();
        double h = box.height();
        this.x = new MotionFilter(centreX(box), MEASUREMENT_SD * h, SPEED_SD * h);
        this.y = new MotionFilter(centreY(box), MEASUREMENT_SD * h, SPEED_SD * h);
        this.width = new MotionFilter(box.width(), MEASUREMENT_SD * h, SPEED_SD * h / 4);
        this.height = new MotionFilter(h, MEASUREMENT_SD * h, SPEED_SD * h / 4);
        this.hits = 1;
        this.seenNow = true;
    }

    private static double centreX(Box box) {
        return box.x() + box.width() / 2.0;
    }

    private static double centreY(Box box) {
        return box.y() + box.height() / 2.0;
    }

    public TrackId id() {
        return id;
    }

    /** The last detection, of this frame when {@link #seenNow}. */
    public DetectedFace face() {
        return face;
    }

    /** Whether this frame shows the face. */
    public boolean seenNow() {
        return seenNow;
    }

    /** Detections so far. */
    public int hits() {
        return hits;
    }

    public long firstSeenNanos() {
        return firstSeenNanos;
    }

    public long lastSeenNanos() {
        return lastSeenNanos;
    }

    /** Whether enough detections have made this a track rather than a flicker. */
    public boolean confirmed() {
        return confirmed;
    }

    /** Where the face is: as detected, or where it should be by now. */
    public Box box() {
        return seenNow ? face.box() : predictedBox();
    }

    private Box predictedBox() {
        float w = (float) predictedWidth();
        float h = (float) predictedHeight();
        return new Box((float) x.position() - w / 2, (float) y.position() - h / 2, w, h);
    }

    void predict(long nanos) {
        double dt = Math.max(0, nanos - nowNanos) / 1e9;
        double h = predictedHeight();
        x.predict(dt, ACCELERATION_SD * h);
        y.predict(dt, ACCELERATION_SD * h);
        width.predict(dt, SIZE_ACCELERATION_SD * h);
        height.predict(dt, SIZE_ACCELERATION_SD * h);
        if (!seenNow) {
            double kept = Math.exp(-dt / COASTING_SECONDS);
            x.damp(kept);
            y.damp(kept);
            width.damp(kept);
            height.damp(kept);
        }
        nowNanos = nanos;
        seenNow = false;
    }

    void see(DetectedFace detected, int birthHits) {
        Box box = detected.box();
        double sd = MEASUREMENT_SD * Math.max(1, box.height());
        x.correct(centreX(box), sd);
        y.correct(centreY(box), sd);
        width.correct(box.width(), sd);
        height.correct(box.height(), sd);
        face = detected;
        lastSeenNanos = nowNanos;
        hits++;
        seenNow = true;
        confirmed |= hits >= birthHits;
    }

    void confirm() {
        confirmed = true;
    }

    double gapSeconds() {
        return (nowNanos - lastSeenNanos) / 1e9;
    }

    /** Overlap of the predicted place with a box, 0 to 1. */
    double iou(Box box) {
        double w = predictedWidth();
        double h = predictedHeight();
        double left = x.position() - w / 2;
        double top = y.position() - h / 2;
        double overlapX = Math.min(left + w, box.right()) - Math.max(left, box.x());
        double overlapY = Math.min(top + h, box.bottom()) - Math.max(top, box.y());
        if (overlapX <= 0 || overlapY <= 0) {
            return 0;
        }
        double both = overlapX * overlapY;
        return both / (w * h + box.area() - both);
    }

    /** Distance of the centres in heights of the face. */
    double distance(Box box) {
        double dx = centreX(box) - x.position();
        double dy = centreY(box) - y.position();
        return Math.sqrt(dx * dx + dy * dy) / predictedHeight();
    }

    /** How much larger the box is than the face should be; 1 when equal. */
    double sizeRatio(Box box) {
        return box.height() / predictedHeight();
    }

    private double predictedWidth() {
        return Math.max(1, width.position());
    }

    private double predictedHeight() {
        return Math.max(1, height.position());
    }
}
