package io.facet.edge.clip;

/** Makes films that browsers play. Thread-safe. */
@FunctionalInterface
public interface FilmMaker {
    /**
     * The film, whole in memory.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE} when it cannot be made
     */
    byte[] film(ClipCut cut);
}
