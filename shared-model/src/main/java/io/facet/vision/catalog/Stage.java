package io.facet.vision.catalog;

import java.util.Locale;

/** What a network of a pack is for. A pack cannot do without the required ones. */
public enum Stage {
    DETECT(true),
    EMBED(true),
    LIVENESS(false),
    LANDMARKS(false),
    EXPRESSION(false);

    private final boolean required;

    Stage(boolean required) {
        this.required = required;
    }

    /** Whether every pack must have it; a pack may demand more. */
    public boolean required() {
        return required;
    }

    /** snake_case, as in manifests and JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
