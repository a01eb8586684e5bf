package io.facet.edge.outbox;

import io.facet.model.CameraId;
import io.facet.model.SiteId;
import java.time.Duration;
import java.time.Instant;

/**
 * Where and when something happened.
 *
 * @param capturedAt wall clock of the box when the frame arrived
 * @param monotonic the box's monotonic clock at the same time; comparable within one boot only
 * @param simulated made by a person for a test; never raises a live alarm
 */
public record Moment(
        CameraId camera, SiteId site, Instant capturedAt, Duration monotonic, boolean simulated) {}
