package io.facet.hub.recognition;

import io.facet.model.FaceId;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.vision.detect.DetectedFace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What a picture shows short of who it is: where faces are, how good they are, whether somebody is
 * present, and whether two pictures (or a picture and a person) are of one person. Nothing is
 * stored. Boxes are in pixels of the upright picture.
 *
 * <p>Thread-safe. Errors are {@link io.facet.error.FacetException}: {@code IMAGE_UNREADABLE},
 * {@code IMAGE_TOO_LARGE}, {@code INVALID_ARGUMENT}; where one face is wanted also {@code NO_FACE}
 * and {@code SEVERAL_FACES}.
 */
public interface FaceAnalysis {
    /** How long a liveness session lives after its last picture. */
    Duration SESSION = Duration.ofMinutes(5);

    /** Every face, best first. */
    Detected detect(byte[] image);

    /** The quality of every face, best first. */
    Measured quality(byte[] image);

    /** Whether the one main face is of someone present; with a session, over its pictures. */
    LivenessCheck liveness(byte[] image, Optional<Session> session);

    /**
     * Whether two pictures show one person.
     *
     * @param probe checked for presentation attacks
     * @param reference taken as it is: a passport's picture is no live face
     * @param threshold least confidence, 0 to 1; the configured one when absent
     */
    Verification verify(byte[] probe, byte[] reference, OptionalDouble threshold);

    /**
     * Whether a picture shows a person, by the best of their faces.
     *
     * @throws io.facet.error.FacetException also {@code NOT_FOUND} when there is no such person
     *     with a face
     */
    Verification verify(byte[] probe, PersonId person, OptionalDouble threshold);

    /** Where the faces are. */
    record Detected(int width, int height, List<DetectedFace> faces) {
        public Detected {
            faces = List.copyOf(faces);
        }
    }

    /** How good the faces are. */
    record Measured(int width, int height, List<MeasuredFace> faces) {
        public Measured {
            faces = List.copyOf(faces);
        }
    }

    /** A face and its quality. */
    record MeasuredFace(DetectedFace face, Quality quality) {}

    /**
     * Pictures that belong together.
     *
     * @param id chosen by the caller: 1 to 100 letters, digits, dots, dashes or underscores
     * @param caller the principal's id; a session of one caller is invisible to every other
     */
    record Session(String id, String caller) {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

        public Session {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "a session_id has 1 to 100 letters, digits, dots, dashes or underscores");
            }
        }
    }

    /** One picture's check and, with a session, what its pictures say together. */
    record LivenessCheck(
            int width,
            int height,
            DetectedFace face,
            Liveness liveness,
            Optional<SessionScore> session) {}

    /**
     * A session so far.
     *
     * @param pictures checked, at least one
     * @param score mean of their scores, 0 attack to 1 live
     * @param passed whether the mean reaches the configured limit
     */
    record SessionScore(String id, int pictures, float score, boolean passed, Instant expiresAt) {}

    /** Whether two are one. */
    enum Verdict {
        MATCH,
        NO_MATCH,
        /** Not compared: the probe is not of someone present. */
        SPOOF
    }

    /**
     * A comparison and what it rests on.
     *
     * @param likeness empty when nothing was compared
     * @param threshold the confidence that was asked for
     */
    record Verification(
            Verdict verdict,
            Optional<Likeness> likeness,
            float threshold,
            DetectedFace face,
            Quality quality,
            Liveness liveness) {}

    /**
     * How alike.
     *
     * @param confidence calibrated, 0 to 1
     * @param similarity raw cosine, -1 to 1
     * @param face the person's nearest face; empty between two pictures
     */
    record Likeness(float confidence, float similarity, Optional<FaceId> face) {}
}
