package io.facet.hub.models;

import io.facet.model.EmbeddingSpace;

/**
 * How far the faces are on their way into a space.
 *
 * @param total faces that had no template of it when the work began
 * @param done of them, those that have one now
 * @param failed those whose picture shows no face to this model; tried again at the next start
 */
public record Progress(
        String pack, EmbeddingSpace space, State state, long total, long done, long failed) {
    /** Of the work. */
    public enum State {
        WORKING,
        COMPLETE,
        /** Ended before its end by an error; the log says which. */
        STOPPED
    }
}
