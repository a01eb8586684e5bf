package io.facet.hub.people;

/** Told, after the commit, of every gallery revision. Must not throw or block long. */
@FunctionalInterface
public interface GalleryListener {
    void changed(long revision);
}
