package io.facet.vision.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a network of a pack is for. A pack cannot do without the required ones. */
public enum Stage {
    @JsonProperty("detect")
    DETECT(true),
    @JsonProperty("embed")
    EMBED(true),
    @JsonProperty("liveness")
    LIVENESS(false),
    @JsonProperty("landmarks")
    LANDMARKS(false),
    @JsonProperty("expression")
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
