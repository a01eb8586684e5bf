package io.facet.model;

import java.util.UUID;

/**
 * Names one event; the key of its once-only storage. A UUIDv7, so that ids sort by creation time.
 */
public record EventId(UUID value) implements Comparable<EventId> {
    /**
     * Reads the canonical text form.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static EventId parse(String text) {
        return new EventId(Uuid7.parse(text));
    }

    @Override
    public int compareTo(EventId other) {
        return Uuid7.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
