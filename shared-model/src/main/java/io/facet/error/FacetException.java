package io.facet.error;

import org.jspecify.annotations.Nullable;

/**
 * The one error of Facet: a stable {@link ErrorCode} and a sentence that says what happened and
 * what to do about it. Messages never hold names, pictures, templates or secrets.
 */
public final class FacetException extends RuntimeException {
    private final ErrorCode code;

    public FacetException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public FacetException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
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
