package io.facet.error;

import java.io.IOException;

/** Tells a full disk from other trouble by what the operating system says. Stateless. */
public final class FullDisk {
    private FullDisk() {}

    /** Whether a write failed for want of room. */
    public static boolean caused(IOException failure) {
        return said(String.valueOf(failure.getMessage()));
    }

    /** Whether a program's words are of a full disk or a spent quota. */
    public static boolean said(String words) {
        return words.contains("No space left") || words.contains("Disk quota exceeded");
    }
}
