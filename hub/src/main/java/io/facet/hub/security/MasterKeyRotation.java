package io.facet.hub.security;

/** Goes over to a new master key while the hub works. Thread-safe; one rotation at a time. */
@FunctionalInterface
public interface MasterKeyRotation {
    /**
     * Wraps every data key again; how many.
     *
     * @throws io.facet.error.FacetException {@code INVALID_CONFIGURATION} when there is no next key
     */
    long rotate();
}
