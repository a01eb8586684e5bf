package io.facet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration by where each value comes from. The environment goes before a hub's settings,
 * these before the file, and the file before the defaults. Immutable; trees are copied.
 */
public final class ConfigLayers {
    private final ObjectNode file;
    private final ObjectNode environment;

    private ConfigLayers(ObjectNode file, ObjectNode environment) {
        this.file = file;
        this.environment = environment;
    }

    /** Where a value comes from. */
    public enum Origin {
        ENVIRONMENT,
        SETTING,
        FILE,
        DEFAULT
    }

    /**
     * A key and its value now.
     *
     * @param path such as {@code recognition.threshold}
     * @param value as in config.json; a secret is masked
     * @param live whether a running hub can change it
     */
    public record Entry(String path, JsonNode value, Origin origin, boolean live, String about) {}

    /**
     * Reads the file, if there is one, and the variables.
     *
     * @throws FacetException INVALID_CONFIGURATION with every problem at once
     */
    public static ConfigLayers load(Optional<Path> file, Map<String, String> variables) {
        List<String> problems = new ArrayList<>();
        ObjectNode root =
                file.map(f -> ConfigLoader.read(f, problems))
                        .orElseGet(JsonNodeFactory.instance::objectNode);
        root.remove("$schema");
        ObjectNode environment = JsonNodeFactory.instance.objectNode();
        ConfigLoader.overlay(environment, variables, problems);
        ConfigLayers layers = new ConfigLayers(root, environment);
        layers.bind(Map.of(), problems);
        if (!problems.isEmpty()) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    file.map(Path::toString).orElse("the environment")
                            + " has "
                            + (problems.size() == 1 ? "a problem" : problems.size() + " problems")
                            + ":\n  - "
                            + String.join("\n  - ", problems));
        }
        return layers;
    }

    /** A configuration made in code: what differs from the defaults counts as the file's. */
    public static ConfigLayers of(FacetConfig config) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        for (ConfigBinder.Key section : ConfigBinder.keys(FacetConfig.class)) {
            Object owner = section.valueOf(config);
            Object fallback = section.valueOf(FacetConfig.DEFAULT);
            for (ConfigBinder.Key key : ConfigBinder.keys(section.type())) {
                if (!key.valueOf(owner).equals(key.valueOf(fallback))) {
                    file.withObject("/" + section.name())
                            .set(key.name(), ConfigValues.node(key.valueOf(owner)));
                }
            }
        }
        return new ConfigLayers(file, JsonNodeFactory.instance.objectNode());
    }

    /** The configuration without a hub's settings. */
    public FacetConfig config() {
        return with(Map.of());
    }

    /**
     * The configuration with a hub's settings by path.
     *
     * @throws FacetException INVALID_ARGUMENT with every problem of the settings
     */
    public FacetConfig with(Map<String, JsonNode> settings) {
        List<String> problems = new ArrayList<>();
        settings.keySet().stream()
                .filter(path -> !isLive(path))
                .forEach(path -> problems.add(path + " is no key that a running hub can change"));
        FacetConfig config = bind(settings, problems);
        if (!problems.isEmpty()) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, String.join("; ", problems));
        }
        return config;
    }

    private FacetConfig bind(Map<String, JsonNode> settings, List<String> problems) {
        ObjectNode merged = file.deepCopy();
        settings.forEach((path, value) -> put(merged, path, value));
        environment
                .properties()
                .forEach(section ->
                        section.getValue()
                                .properties()
                                .forEach(key ->
                                        put(
                                                merged,
                                                section.getKey() + "." + key.getKey(),
                                                key.getValue())));
        return new ConfigBinder(problems).bind(FacetConfig.class, merged, FacetConfig.DEFAULT, "");
    }

    private static void put(ObjectNode root, String path, JsonNode value) {
        int dot = path.indexOf('.');
        String section = dot < 0 ? path : path.substring(0, dot);
        if (dot < 0) {
            lay(root, section, value);
        } else if (root.get(section) instanceof ObjectNode present) {
            lay(present, path.substring(dot + 1), value);
        } else if (!root.has(section)) {
            lay(root.putObject(section), path.substring(dot + 1), value);
        }
    }

    /** An object goes over what lies below it key by key, anything else as a whole. */
    private static void lay(ObjectNode owner, String key, JsonNode value) {
        if (value instanceof ObjectNode above && owner.get(key) instanceof ObjectNode below) {
            below.setAll(above);
        } else {
            owner.set(key, value);
        }
    }

    /** Every key with its value and origin, in the order of the schema. */
    public List<Entry> entries(Map<String, JsonNode> settings) {
        FacetConfig config = with(settings);
        List<Entry> entries = new ArrayList<>();
        for (ConfigBinder.Key section : ConfigBinder.keys(FacetConfig.class)) {
            Object owner = section.valueOf(config);
            for (ConfigBinder.Key key : ConfigBinder.keys(section.type())) {
                String path = section.name() + "." + key.name();
                entries.add(
                        new Entry(
                                path,
                                ConfigValues.shown(key.valueOf(owner)),
                                origin(section.name(), key.name(), settings),
                                key.component().isAnnotationPresent(Live.class),
                                about(key)));
            }
        }
        return entries;
    }

    /** Where a value comes from, given a hub's settings. */
    public Origin origin(String path, Map<String, JsonNode> settings) {
        int dot = path.indexOf('.');
        return dot < 0
                ? Origin.DEFAULT
                : origin(path.substring(0, dot), path.substring(dot + 1), settings);
    }

    private Origin origin(String section, String key, Map<String, JsonNode> settings) {
        if (environment.path(section).has(key)) {
            return Origin.ENVIRONMENT;
        }
        if (settings.containsKey(section + "." + key)) {
            return Origin.SETTING;
        }
        return file.path(section).has(key) ? Origin.FILE : Origin.DEFAULT;
    }

    private static String about(ConfigBinder.Key key) {
        Doc doc = key.component().getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    private static boolean isLive(String path) {
        return ConfigBinder.keys(FacetConfig.class).stream()
                .anyMatch(section ->
                        ConfigBinder.keys(section.type()).stream()
                                .filter(k -> k.component().isAnnotationPresent(Live.class))
                                .anyMatch(k -> path.equals(section.name() + "." + k.name())));
    }
}
