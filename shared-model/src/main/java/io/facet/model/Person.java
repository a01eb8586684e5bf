package io.facet.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody the hub knows.
 *
 * @param name what people call them, 1 to 200 characters, not blank
 * @param externalId the id in the user's own system, if any
 * @param metadata free text by key, at most 64 entries
 */
public record Person(
        PersonId id,
        String name,
        @Nullable String externalId,
        Map<String, String> metadata,
        Instant createdAt) {
    public Person {
        checkName(name);
        metadata = Map.copyOf(metadata);
        if (metadata.size() > 64) {
            throw new IllegalArgumentException("metadata holds at most 64 entries");
        }
    }

    /** Checks a name where it enters. */
    public static void checkName(String name) {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("a name has 1 to 200 characters and is not blank");
        }
    }
}
