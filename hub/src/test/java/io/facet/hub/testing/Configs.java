package io.facet.hub.testing;

import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import java.util.Map;
import java.util.Optional;

/** Configurations of tests, by their variables' names. */
public final class Configs {
    private Configs() {}

    /** The defaults with some keys changed: {@code FACET_HUB_HOST}, {@code 0.0.0.0}. */
    public static FacetConfig with(Map<String, String> variables) {
        return ConfigLoader.load(Optional.empty(), variables);
    }
}
