package io.facet.error;

/**
 * Stable codes of everything that can go wrong where a user can see it.
 *
 * <p>The lower-case name is the wire form ({@code image_too_large}); the HTTP status beside it is
 * the one table from which the REST and gRPC adapters answer. Codes are never renamed, only added.
 */
public enum ErrorCode {
    INVALID_ARGUMENT(400),
    INVALID_CONFIGURATION(400),
    UNAUTHENTICATED(401),
    PERMISSION_DENIED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    /** The client takes none of the media types there are. */
    NOT_ACCEPTABLE(406),
    ALREADY_EXISTS(409),
    CONFLICT(409),
    /** It was there and never will be again. */
    GONE(410),
    /** If-Match names a state that is no longer the present one. */
    PRECONDITION_FAILED(412),
    /** The change is refused without If-Match. */
    PRECONDITION_REQUIRED(428),
    /** The Idempotency-Key came before with another request. */
    IDEMPOTENCY_KEY_REUSED(422),
    IMAGE_UNREADABLE(400),
    IMAGE_TOO_LARGE(413),
    REQUEST_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    NO_FACE(422),
    SEVERAL_FACES(422),
    QUALITY_TOO_LOW(422),
    LIVENESS_FAILED(422),
    SPACE_MISMATCH(422),
    RATE_LIMITED(429),
    MODEL_UNAVAILABLE(503),
    MODEL_CORRUPT(500),
    LICENCE_NOT_ACCEPTED(403),
    UNAVAILABLE(503),
    /** A camera gives no picture at all. */
    CAMERA_UNAVAILABLE(503),
    /** A camera that should give pictures did not in time. */
    CAMERA_SLOW(504),
    PORT_IN_USE(503),
    DISK_FULL(507),
    INTERNAL(500);

    private final int httpStatus;

    ErrorCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** HTTP status of this code, 400 to 599. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The stable wire form, snake_case. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
