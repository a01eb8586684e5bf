package io.facet.model;

import java.util.UUID;

/** Names one visit of one face to one camera. A UUIDv7, so that ids sort by creation time. */
public record TrackId(UUID value) implements Comparable<TrackId> {
    /**
     * Reads the canonical text form.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static TrackId parse(String text) {
        return new TrackId(Uuid7.parse(text));
    }

    @Override
    public int compareTo(TrackId other) {
        return Uuid7.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
