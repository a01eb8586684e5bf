package io.facet.edge.camera;

import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Jpeg;
import io.facet.model.PersonId;
import io.facet.model.TrackId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Live pictures on demand. Thread-safe. */
public interface LiveView {
    /**
     * Keeps pictures of a camera coming until the lease ends; a newer call for the same camera and
     * overlay replaces the older one, so that pictures with and without it can come side by side.
     * Does nothing when there is no such camera.
     *
     * @param sink takes the pictures, from the camera's thread; must not block
     */
    void watch(CameraId camera, Wish wish, Consumer<Picture> sink);

    /**
     * What the viewer wants.
     *
     * @param lease how long pictures keep coming
     * @param maxFramesPerSecond at most
     * @param maxWidth pictures are scaled down to this many pixels
     * @param overlay whether boxes and names are drawn into the picture
     */
    record Wish(Duration lease, float maxFramesPerSecond, int maxWidth, boolean overlay) {}

    /**
     * A picture and the faces in it; what the camera's masks cover is black. Personal data.
     *
     * @param overlay whether boxes and names are drawn into it
     */
    record Picture(
            CameraId camera,
            Instant capturedAt,
            int width,
            int height,
            Jpeg jpeg,
            List<Face> faces,
            boolean overlay) {
        public Picture {
            faces = List.copyOf(faces);
        }
    }

    /**
     * A face in a live picture.
     *
     * @param box in pixels of that picture
     * @param name of the person; empty while unknown
     * @param confidence calibrated 0 to 1; 0 while unknown
     */
    record Face(Box box, TrackId track, Optional<PersonId> person, String name, float confidence) {}
}
