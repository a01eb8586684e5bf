package io.facet.edge.track;

/**
 * A Kalman filter of one coordinate with constant velocity, driven by white acceleration
 * (Bar-Shalom, Li, Kirubarajan, Estimation with Applications to Tracking and Navigation, 6.2.2), at
 * uneven time steps. Position and velocity are in pixels and pixels a second. One thread; allocates
 * nothing after construction.
 */
final class MotionFilter {
    private double position;
    private double velocity;
    // Covariance: [[pp, pv], [pv, vv]].
    private double pp;
    private double pv;
    private double vv;

    /**
     * Starts at rest.
     *
     * @param positionSd standard deviation of the measurement, pixels
     * @param velocitySd how fast the thing may be moving, pixels a second
     */
    MotionFilter(double position, double positionSd, double velocitySd) {
        this.position = position;
        this.pp = positionSd * positionSd;
        this.vv = velocitySd * velocitySd;
    }

    /**
     * Moves on in time.
     *
     * @param dt seconds, 0 and up
     * @param accelerationSd standard deviation of the acceleration, pixels a second squared
     */
    void predict(double dt, double accelerationSd) {
        double q = accelerationSd * accelerationSd;
        position += velocity * dt;
        pp += dt * (2 * pv + dt * vv) + q * dt * dt * dt * dt / 4;
        pv += dt * vv + q * dt * dt * dt / 2;
        vv += q * dt * dt;
    }

    /** Takes a measurement of the position with this standard deviation. */
    void correct(double measured, double measurementSd) {
        double s = pp + measurementSd * measurementSd;
        double gainPosition = pp / s;
        double gainVelocity = pv / s;
        double residual = measured - position;
        position += gainPosition * residual;
        velocity += gainVelocity * residual;
        vv -= gainVelocity * pv;
        pv *= 1 - gainPosition;
        pp *= 1 - gainPosition;
    }

    /** Loses speed: a face out of sight does not fly off. */
    void damp(double factor) {
        velocity *= factor;
        pv *= factor;
        vv *= factor * factor;
    }

    double position() {
        return position;
    }

    double velocity() {
        return velocity;
    }

    double variance() {
        return pp;
    }
}
