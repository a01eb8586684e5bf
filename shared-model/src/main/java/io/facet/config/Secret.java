package io.facet.config;

/**
 * A value that never shows: {@link #toString} is masked; {@link #reveal} is for the one place that
 * uses it.
 */
public record Secret(String reveal) {
    /** No secret configured. */
    public static final Secret NONE = new Secret("");

    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "" : "***";
    }
}
