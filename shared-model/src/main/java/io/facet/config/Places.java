package io.facet.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where things lie: the installation, models to mirror, test data.
 *
 * @param home the folder with the launcher {@code facet}, config.json and models/
 * @param environment all variables of the process
 */
public record Places(Path home, Map<String, String> environment) {
    public Places {
        environment = Map.copyOf(environment);
    }

    /**
     * The installation of this process: {@code FACET_HOME}, else the nearest folder upwards from
     * {@code from} that holds the launcher, else {@code from} itself.
     */
    public static Places find(Map<String, String> environment, Path from) {
        String named = environment.getOrDefault("FACET_HOME", "");
        if (!named.isEmpty()) {
            return new Places(Path.of(named).toAbsolutePath().normalize(), environment);
        }
        Path start = from.toAbsolutePath().normalize();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw")) && Files.exists(at.resolve("config.json"))) {
                return new Places(at, environment);
            }
        }
        return new Places(start, environment);
    }

    /**
     * {@code FACET_MODELS_MIRROR}, else ../shared/models beside the installation; when it exists.
     */
    public Optional<Path> modelsMirror() {
        return folder("FACET_MODELS_MIRROR", "../shared/models");
    }

    /** {@code FACET_TESTDATA}, else ../shared/data beside the installation; when it exists. */
    public Optional<Path> testData() {
        return folder("FACET_TESTDATA", "../shared/data");
    }

    private Optional<Path> folder(String variable, String fallback) {
        String named = environment.getOrDefault(variable, "");
        Path path = named.isEmpty() ? home.resolve(fallback) : Path.of(named);
        return Optional.of(path.toAbsolutePath().normalize()).filter(Files::isDirectory);
    }
}
