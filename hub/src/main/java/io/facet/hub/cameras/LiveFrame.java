package io.facet.hub.cameras;

import io.facet.model.Box;
import io.facet.model.CameraId;
import io.facet.model.Jpeg;
import io.facet.model.PersonId;
import io.facet.model.TrackId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One live picture; boxes are in its pixels. */
public record LiveFrame(
        CameraId camera,
        Instant capturedAt,
        int width,
        int height,
        Jpeg picture,
        List<LiveFace> faces) {
    public LiveFrame {
        faces = List.copyOf(faces);
    }

    /** A tracked face; person and name are empty while nobody known. */
    public record LiveFace(
            Box box,
            Optional<TrackId> track,
            Optional<PersonId> person,
            Optional<String> name,
            float confidence) {}
}
