package io.facet.cli.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hub, and with which key; by default the one whose data folder is ./data. */
final class HubOption {
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

    HubClient client() {
        Path file = keyFile == null ? data.resolve("admin-key") : keyFile;
        try {
            return new HubClient(hub == null ? local() : hub, Files.readString(file).strip());
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
            int port = JsonMapper.builder().build().readTree(ports.toFile()).path("http").asInt();
            return URI.create("http://127.0.0.1:" + port);
        } catch (IOException missing) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "no hub has written " + ports + "; start one, or name it with --hub",
                    missing);
        }
    }
}
