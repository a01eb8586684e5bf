package io.facet.hub.people;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person agreed to, or on what other ground the face is kept.
 *
 * @param basis such as {@code consent} or {@code contract}
 * @param reference where the proof is: a document's number, say
 */
public record Consent(
        String basis, String reference, Instant givenAt, Optional<Instant> withdrawnAt) {
    /** Checks the lengths. */
    public Consent {
        if (basis.isBlank() || basis.length() > 100 || reference.length() > 500) {
            throw new IllegalArgumentException(
                    "basis has 1 to 100 characters, reference at most 500");
        }
    }
}
