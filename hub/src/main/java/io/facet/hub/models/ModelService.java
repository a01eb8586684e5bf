package io.facet.hub.models;

import java.util.Optional;

/** The hub's model and the next one. Thread-safe. */
public interface ModelService {
    /** How far the faces are with the model in use. */
    Progress present();

    /** The same for a model that is being prepared, or was since the start. */
    Optional<Progress> prepared();

    /**
     * Loads a model beside the one in use and gives every face a template of it, in the background,
     * so that a hub started with it next knows everybody at once. Asked again for the same pack
     * while that goes on, it only says how far it is.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND}, {@code MODEL_UNAVAILABLE} for a pack
     *     that cannot be had; {@code FAILED_PRECONDITION} when it is the one in use or another one
     *     is being prepared
     */
    Progress prepare(String pack);
}
