package io.facet.model;

import java.util.UUID;

/** Names one person. A UUIDv7, so that ids sort by creation time. */
public record PersonId(UUID value) implements Comparable<PersonId> {
    /**
     * Reads the canonical text form.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static PersonId parse(String text) {
        return new PersonId(Uuid7.parse(text));
    }

    @Override
    public int compareTo(PersonId other) {
        return Uuid7.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
