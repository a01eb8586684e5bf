package io.facet.hub.recognition;

import io.facet.model.Box;
import io.facet.model.FaceId;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.vision.detect.DetectedFace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Looks at pictures without searching the gallery: where faces are, how good they are, whether they
 * are live, and whether one is another's. Thread-safe.
 *
 * <p>Errors of every call are {@link io.facet.error.FacetException}: {@code IMAGE_UNREADABLE},
 * {@code IMAGE_TOO_LARGE}; where one face is asked for, {@code NO_FACE} and, where it must be the
 * only one, {@code SEVERAL_FACES}.
 */
public interface FaceChecks {
    /** Every face of a picture, best first. */
    Detections detect(byte[] image);

    /** The quality of the largest face. */
    QualityCheck quality(byte[] image);

    /** Whether the one face of a picture is of someone present. */
    LivenessCheck liveness(byte[] image, Optional<Session> session);

    /**
     * Whether the one face of a picture is the reference's.
     *
     * @param threshold least confidence, 0 to 1; the configured one when absent
     * @throws io.facet.error.FacetException {@code LIVENESS_FAILED} for a spoof, {@code NOT_FOUND}
     *     for a person who is not there or has no face
     */
    Verification verify(byte[] image, Reference reference, OptionalDouble threshold);

    /** A picture's faces; boxes are in pixels of the upright picture. */
    record Detections(int width, int height, List<Found> faces) {
        public Detections {
            faces = List.copyOf(faces);
        }

        /** A face and how good it is. */
        public record Found(DetectedFace face, Quality quality) {}
    }

    /**
     * How good the largest face is.
     *
     * @param faces in the whole picture
     */
    record QualityCheck(Quality quality, Box box, int faces) {}

    /**
     * Pictures of one face, judged together.
     *
     * @param caller whose session it is; equal ids of different callers are different sessions
     * @param id 1 to 128 characters
     */
    record Session(String caller, String id) {
        public Session {
            if (id.isBlank() || id.length() > 128) {
                throw new IllegalArgumentException("a session_id has 1 to 128 characters");
            }
        }
    }

    /**
     * What a session has come to.
     *
     * @param mean of the scores, 0 attack to 1 live
     * @param images judged so far, 1 and up
     * @param expiresAt when it is forgotten
     */
    record Standing(float mean, int images, Instant expiresAt) {}

    /**
     * Whether a face is of someone present.
     *
     * @param score the session's mean, else the picture's score; empty when none was judged
     * @param live the score reaches the configured threshold
     * @param picture of this picture alone
     */
    record LivenessCheck(
            Optional<Float> score,
            boolean live,
            Liveness picture,
            Optional<Standing> session,
            Box box) {}

    /** What a face is held against. */
    sealed interface Reference {
        /** The one face of another picture. */
        @SuppressWarnings("ArrayRecordComponent") // a request on its way in, never compared
        record Picture(byte[] image) implements Reference {}

        /** The faces of somebody enrolled. */
        record OfPerson(PersonId person) implements Reference {}
    }

    /**
     * How near two faces are.
     *
     * @param confidence calibrated, 0 to 1
     * @param similarity raw cosine, -1 to 1
     * @param nearest the person's nearest face; empty for two pictures
     */
    record Verification(
            boolean verified,
            float confidence,
            float similarity,
            float threshold,
            Optional<FaceId> nearest,
            Quality quality,
            Liveness liveness) {}
}
