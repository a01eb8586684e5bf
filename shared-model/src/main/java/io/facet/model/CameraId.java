package io.facet.model;

import java.util.UUID;

/** Names one camera. A UUIDv7, so that ids sort by creation time. */
public record CameraId(UUID value) implements Comparable<CameraId> {
    /**
     * Reads the canonical text form.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static CameraId parse(String text) {
        return new CameraId(Uuid7.parse(text));
    }

    @Override
    public int compareTo(CameraId other) {
        return Uuid7.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
