package io.facet.vision.catalog;

import java.util.regex.Pattern;

/**
 * Exactly these bytes.
 *
 * @param name file name
 * @param sha256 64 lower-case hexadecimal digits
 * @param bytes length of the file
 */
public record Artifact(String name, String sha256, long bytes) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public Artifact {
        if (!NAME.matcher(name).matches()
                || !HASH.matcher(sha256).matches()
                || bytes < 1
                || bytes > 1L << 31) {
            throw new IllegalArgumentException(
                    "a model file has a plain name, a SHA-256 and a length: " + name);
        }
    }

    /** A file name that no other content has. */
    public String cacheName() {
        return sha256.substring(0, 16) + "-" + name;
    }
}
