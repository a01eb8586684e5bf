package io.facet.hub.software;

import io.facet.update.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a box is to run.
 *
 * @param revision from 1 on; grows with every change
 * @param release empty: what it runs
 * @param models empty: what its configuration names
 */
public record SoftwareWish(long revision, Optional<Artefact> release, Optional<Artefact> models) {
    /** Sorts artefacts, at most one of a product. */
    public static SoftwareWish of(long revision, List<Artefact> wanted) {
        Map<Boolean, List<Artefact>> models =
                wanted.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        a -> a.product().equals(Manifest.MODELS)));
        return new SoftwareWish(
                revision,
                models.getOrDefault(false, List.of()).stream().findFirst(),
                models.getOrDefault(true, List.of()).stream().findFirst());
    }
}
