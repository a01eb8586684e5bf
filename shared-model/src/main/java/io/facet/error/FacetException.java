package io.facet.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one error of Facet: a stable {@link ErrorCode} and a sentence that says what happened and
 * what to do about it. Messages never hold names, pictures, templates or secrets.
 */
public final class FacetException extends RuntimeException {
    private final ErrorCode code;
    private final Map<String, String> details;

    public FacetException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    public FacetException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = Map.of();
    }

    /**
     * With details for the caller's program, by stable key; they may name people the caller may
     * see, and so are never logged.
     */
    public FacetException(ErrorCode code, String message, Map<String, String> details) {
        super(message);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    /** For the caller's program only. */
    public Map<String, String> details() {
        return details;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message; unlike {@link #getMessage()} never null. */
    public String reason() {
        String message = getMessage();
        return message == null ? code.wireName() : message;
    }
}
