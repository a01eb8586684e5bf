package io.facet.update;

import io.facet.crypto.VerifyingKey;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The package this process was started from, as its launcher says: {@code FACET_SLOTS}, {@code
 * FACET_RELEASE_KEY}, {@code FACET_RELEASE_ROLE}, {@code FACET_RELEASE_VERSION}.
 */
public record Installation(Slots slots) {
    /**
     * Empty when it was started otherwise, or the package takes no updates.
     *
     * @throws FacetException {@code UNAVAILABLE} when the key cannot be read, {@code
     *     INVALID_ARGUMENT} when it is none
     */
    public static Optional<Installation> of(Map<String, String> environment) {
        Path key = Path.of(environment.getOrDefault("FACET_RELEASE_KEY", ""));
        String slots = environment.getOrDefault("FACET_SLOTS", "");
        if (slots.isEmpty() || !Files.isRegularFile(key)) {
            return Optional.empty();
        }
        Slots.Running running =
                new Slots.Running(
                        "facet-" + environment.getOrDefault("FACET_RELEASE_ROLE", ""),
                        new Version(environment.getOrDefault("FACET_RELEASE_VERSION", "")),
                        architecture());
        return Optional.of(new Installation(new Slots(Path.of(slots), running, read(key))));
    }

    private static VerifyingKey read(Path file) {
        try {
            return VerifyingKey.of(Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "the release key " + file + " cannot be read", failure);
        } catch (IllegalArgumentException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, file + " holds no release key", malformed);
        }
    }

    /** Debian's name of this machine's architecture. */
    public static String architecture() {
        String arch = System.getProperty("os.arch");
        return arch.equals("aarch64") ? "arm64" : arch.equals("x86_64") ? "amd64" : arch;
    }
}
