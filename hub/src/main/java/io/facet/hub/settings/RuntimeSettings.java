package io.facet.hub.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.config.ConfigLayers;
import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings over a store, kept in memory; readers see a whole configuration. Thread-safe. */
public final class RuntimeSettings implements SettingsService {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeSettings.class);

    private final ConfigLayers layers;
    private final SettingsStore store;
    private final InstantSource clock;
    private volatile State state;

    private record State(Map<String, JsonNode> settings, FacetConfig config) {}

    public RuntimeSettings(ConfigLayers layers, SettingsStore store, InstantSource clock) {
        this.layers = layers;
        this.store = store;
        this.clock = clock;
        this.state = restored(store.all());
    }

    /** A setting that this version does not take is passed over, not fatal. */
    private State restored(Map<String, JsonNode> stored) {
        Map<String, JsonNode> kept = new HashMap<>();
        stored.forEach((key, value) -> {
            try {
                layers.with(Map.of(key, value));
                kept.put(key, value);
            } catch (FacetException unknown) {
                LOG.warn("setting {} is passed over: {}", key, unknown.reason());
            }
        });
        return new State(Map.copyOf(kept), layers.with(kept));
    }

    @Override
    public FacetConfig current() {
        return state.config();
    }

    @Override
    public List<ConfigLayers.Entry> effective() {
        return layers.entries(state.settings());
    }

    @Override
    public synchronized void change(
            Map<String, Optional<JsonNode>> changes, String by, Runnable check) {
        check.run();
        Map<String, JsonNode> next = new HashMap<>(state.settings());
        changes.forEach((key, value) -> {
            if (layers.origin(key, Map.of()) == ConfigLayers.Origin.ENVIRONMENT) {
                throw new FacetException(
                        ErrorCode.CONFLICT,
                        key + " is set by the environment, which goes before settings");
            }
            value.ifPresentOrElse(v -> next.put(key, v), () -> next.remove(key));
        });
        FacetConfig config = layers.with(next);
        store.change(changes, by, clock.instant().truncatedTo(ChronoUnit.MICROS));
        state = new State(Map.copyOf(next), config);
    }

    @Override
    public List<SettingChange> history(Optional<Long> before, long offset, int limit) {
        return store.history(before, offset, limit);
    }

    @Override
    public long countChanges() {
        return store.countChanges();
    }
}
