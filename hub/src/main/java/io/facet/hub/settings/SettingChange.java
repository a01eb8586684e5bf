package io.facet.hub.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of a setting.
 *
 * @param before empty when the key was not set at the hub
 * @param after empty when the setting was taken away
 * @param by the principal's id
 */
public record SettingChange(
        long id,
        String key,
        Optional<JsonNode> before,
        Optional<JsonNode> after,
        String by,
        Instant at) {}
