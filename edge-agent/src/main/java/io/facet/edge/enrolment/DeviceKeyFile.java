package io.facet.edge.enrolment;

import io.facet.config.Secret;
import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The box's credential at its hub, in a file only its owner reads. Stateless. */
public final class DeviceKeyFile {
    private DeviceKeyFile() {}

    /**
     * Reads the key.
     *
     * @throws FacetException {@code UNAUTHENTICATED} when there is none, with what to do
     */
    public static Secret read(Path file) {
        String key =
                KeyFile.read(file)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                        .orElse("");
        if (key.isEmpty()) {
            throw new FacetException(
                    ErrorCode.UNAUTHENTICATED,
                    "this box has no device key; register it at the hub (POST /api/v1/devices) and"
                            + " store the key it answers in "
                            + file);
        }
        return new Secret(key);
    }
}
