package io.facet.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads config.json and the {@code FACET_SECTION_KEY} variables into a {@link FacetConfig}.
 * Precedence: environment, then file, then default. Stateless.
 */
public final class ConfigLoader {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final long MAX_BYTES = 1 << 20;

    private ConfigLoader() {}

    /**
     * Reads the file, or the defaults without one.
     *
     * @param environment all variables; those of no section of the configuration are passed over
     * @throws FacetException INVALID_CONFIGURATION with every problem of file and environment at
     *     once
     */
    public static FacetConfig load(Optional<Path> file, Map<String, String> environment) {
        return ConfigLayers.load(file, environment).config();
    }

    static ObjectNode read(Path file, List<String> problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add("the file is over 1 MiB; a configuration is a few kilobytes");
            } else if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object) {
                return object;
            } else {
                problems.add("the file must hold one JSON object, { ... }");
            }
        } catch (JsonProcessingException bad) {
            problems.add(
                    "no valid JSON at line "
                            + bad.getLocation().getLineNr()
                            + ", column "
                            + bad.getLocation().getColumnNr()
                            + ": "
                            + bad.getOriginalMessage());
        } catch (IOException unreadable) {
            problems.add("the file cannot be read: " + unreadable.getMessage());
        }
        return JsonNodeFactory.instance.objectNode();
    }

    static void overlay(ObjectNode root, Map<String, String> env, List<String> problems) {
        for (ConfigBinder.Key section : ConfigBinder.keys(FacetConfig.class)) {
            String prefix = "FACET_" + section.name().toUpperCase(Locale.ROOT) + "_";
            env.forEach((name, value) -> {
                if (name.startsWith(prefix) && !Reserved.NAMES.contains(name)) {
                    set(root, section, name, value, problems);
                }
            });
        }
    }

    private static void set(
            ObjectNode root,
            ConfigBinder.Key section,
            String name,
            String value,
            List<String> problems) {
        String wanted =
                name.substring("FACET_".length() + section.name().length() + 1)
                        .toLowerCase(Locale.ROOT);
        List<ConfigBinder.Key> keys = ConfigBinder.keys(section.type());
        keys.stream()
                .filter(key -> key.name().equals(wanted))
                .findFirst()
                .ifPresentOrElse(
                        key -> objectAt(root, section.name()).set(wanted, parse(key, value)),
                        () ->
                                problems.add(
                                        "the variable "
                                                + name
                                                + " sets no known key"
                                                + Suggestions.didYouMean(
                                                        wanted,
                                                        keys.stream()
                                                                .map(ConfigBinder.Key::name)
                                                                .toList())));
    }

    private static ObjectNode objectAt(ObjectNode root, String section) {
        return root.get(section) instanceof ObjectNode present ? present : root.putObject(section);
    }

    /** A variable is text; what its key wants decides how it is read. */
    private static JsonNode parse(ConfigBinder.Key key, String value) {
        if (key.type() == List.class) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (String part : value.split(",", -1)) {
                list.add(part.strip());
            }
            return list;
        }
        if (key.type() == String.class || key.type() == Secret.class) {
            return JsonNodeFactory.instance.textNode(value);
        }
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException notJson) {
            return JsonNodeFactory.instance.textNode(value);
        }
    }

    /** Variables with a meaning of their own that look like keys. */
    private static final class Reserved {
        private static final List<String> NAMES =
                List.of("FACET_MODELS_MIRROR", "FACET_HUB_JVM", "FACET_AGENT_DATA");
    }
}
