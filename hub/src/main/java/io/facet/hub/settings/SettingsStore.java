package io.facet.hub.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings at rest. Each call is one transaction, on disk at return. Thread-safe. */
public interface SettingsStore {
    Map<String, JsonNode> all();

    /** Stores settings, or takes them away, and writes down each change. */
    void change(Map<String, Optional<JsonNode>> changes, String by, Instant at);

    /** Newest first. */
    List<SettingChange> history(Optional<Long> before, long offset, int limit);

    long countChanges();
}
