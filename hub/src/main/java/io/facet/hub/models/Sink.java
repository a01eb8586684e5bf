package io.facet.hub.models;

import io.facet.model.Embedding;
import io.facet.model.FaceId;

/** Where templates go. */
@FunctionalInterface
public interface Sink {
    /** Keeps a template, unless its face is gone or has one. */
    void keep(FaceId face, Embedding template);
}
