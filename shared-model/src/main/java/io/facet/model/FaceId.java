package io.facet.model;

import java.util.UUID;

/** Names one enrolled template of a person. A UUIDv7, so that ids sort by creation time. */
public record FaceId(UUID value) implements Comparable<FaceId> {
    /**
     * Reads the canonical text form.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static FaceId parse(String text) {
        return new FaceId(Uuid7.parse(text));
    }

    @Override
    public int compareTo(FaceId other) {
        return Uuid7.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
