package io.facet.vision.catalog;

/** In which order a network takes the three colour planes. */
public enum ColourOrder {
    BGR,
    RGB
}
