package io.facet.cli.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.tls.TrustedCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hub, and with which key; by default the one whose data folder is ./data. */
public final class HubOption {
    @Option(
            names = "--hub",
            paramLabel = "URL",
            description = "the hub's address; default: the one in DATA/ports.json")
    private @Nullable URI hub;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "file with an API key; default: DATA/admin-key")
    private @Nullable Path keyFile;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "${env:FACET_DATA:-data}",
            description = "data folder of a hub on this machine; default: ${DEFAULT-VALUE}")
    private Path data = Path.of("data");

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM file of the authorities the hub's certificate must come from")
    private @Nullable Path caFile;

    /** The hub that is meant. */
    public HubClient client() {
        Path file = keyFile == null ? data.resolve("admin-key") : keyFile;
        try {
            return new HubClient(
                    hub == null ? local() : hub,
                    Files.readString(file).strip(),
                    Optional.ofNullable(caFile).map(TrustedCa::context));
        } catch (IOException missing) {
            throw new FacetException(
                    ErrorCode.UNAUTHENTICATED,
                    "no API key in " + file + "; name a file with --key-file, or the hub's --data",
                    missing);
        }
    }

    private URI local() {
        Path ports = data.resolve("ports.json");
        try {
            return LocalPorts.web(JsonMapper.builder().build().readTree(ports.toFile()));
        } catch (IOException missing) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "no hub has written " + ports + "; start one, or name it with --hub",
                    missing);
        }
    }
}
