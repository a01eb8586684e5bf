package io.facet.hub;

import io.facet.cli.JsonOption;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.backup.BackupKey;
import io.facet.hub.backup.Backups;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What backup and restore both ask for. */
final class BackupOptions {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "${env:FACET_DATA:-data}",
            description = "data folder; default: ${DEFAULT-VALUE}")
    private Path data = Path.of("data");

    @Option(names = "--config", paramLabel = "FILE", description = "default: config.json")
    private @Nullable Path config;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "file whose first line is the passphrase")
    private @Nullable Path passphrase;

    @Option(names = "--key-file", paramLabel = "FILE", description = "file of 32 random bytes")
    private @Nullable Path keyFile;

    Path data() {
        return data;
    }

    FacetConfig config(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("FACET_HOME", "")).toAbsolutePath();
        Path file = config == null ? home.resolve("config.json") : config;
        return ConfigLoader.load(
                Optional.of(file).filter(f -> config != null || Files.exists(f)), environment);
    }

    BackupKey key() {
        if (keyFile != null && passphrase == null) {
            return BackupKey.FileKey.read(keyFile);
        }
        if (passphrase == null || keyFile != null) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "name either --passphrase-file or --key-file");
        }
        try {
            String line = Files.readString(passphrase).lines().findFirst().orElse("");
            return new BackupKey.Passphrase(new Secret(line));
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "cannot read the passphrase in " + passphrase,
                    unreadable);
        }
    }

    /** Says every few seconds how far it is. */
    Backups.Watcher progress(CommandSpec spec) {
        return new BackupProgress(spec.commandLine().getErr(), InstantSource.system());
    }

    void tell(CommandSpec spec, JsonOption json, String line, Object report) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter text = json.text(spec.commandLine());
        text.println(line);
        text.flush();
        json.print(out, report);
    }
}
