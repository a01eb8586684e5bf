package io.facet.hub.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.config.ConfigLayers;
import io.facet.config.FacetConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration in force. A change that returned is stored and in force. Thread-safe. */
public interface SettingsService {
    FacetConfig current();

    /** Every key, its value and where that comes from. */
    List<ConfigLayers.Entry> effective();

    /**
     * Changes settings, all or none.
     *
     * @param changes by path; empty takes a setting away
     * @param by the principal's id
     * @param check runs while nobody else changes settings, and throws to keep them
     * @throws io.facet.error.FacetException {@code INVALID_ARGUMENT} for a key that cannot change
     *     at run time or a wrong value, {@code CONFLICT} where the environment decides
     */
    void change(Map<String, Optional<JsonNode>> changes, String by, Runnable check);

    /**
     * Changes, newest first, one more than the limit where there are more.
     *
     * @param before only those before this one
     */
    List<SettingChange> history(Optional<Long> before, long offset, int limit);

    long countChanges();
}
