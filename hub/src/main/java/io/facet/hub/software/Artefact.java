package io.facet.hub.software;

import java.time.Instant;
import java.util.Optional;

/**
 * A signed file that the hub keeps for its boxes.
 *
 * @param version a release's; of models the pack's name
 * @param architecture Debian's name; {@code all} for models
 * @param size in bytes
 * @param space of models: the id of the space of their templates
 * @param addedBy who gave it to the hub
 */
public record Artefact(
        Sha256 sha256,
        String product,
        String version,
        String architecture,
        long size,
        Optional<String> space,
        String addedBy,
        Instant addedAt) {}
