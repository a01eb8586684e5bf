package io.facet.vision.catalog;

import java.util.List;

/**
 * A file as its makers publish it.
 *
 * @param sources where it can be had, best first: {@code https://...}, or {@code npm:PATH} for a
 *     file of the npm package that {@code models/package-lock.json} pins
 */
public record UpstreamFile(Artifact artifact, List<String> sources) {
    public UpstreamFile {
        sources = List.copyOf(sources);
    }
}
