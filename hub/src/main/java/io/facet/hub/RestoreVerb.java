package io.facet.hub;

import io.facet.cli.Verb;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet restore FILE --data DATA}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Fills an empty data folder, or an empty external database, from a backup.",
            "Whoever was erased after the backup is erased again."
        })
@SuppressWarnings("NullAway.Init") // picocli sets these before it runs the command
public final class RestoreVerb implements Verb {
    @Spec private CommandSpec spec;
    @Mixin private BackupOptions options;

    @Parameters(paramLabel = "FILE", description = "the backup")
    private Path file;

    @Option(
            names = "--master-key",
            paramLabel = "FILE",
            description = "copy of the master.key that belongs to it")
    private @Nullable Path masterKey;

    @Option(
            names = "--erasures",
            paramLabel = "FILE",
            description = "the newest erasures.log; default: the one in the data folder")
    private @Nullable Path erasures;

    @Override
    public Integer call() {
        int again =
                BackupRun.restore(
                        options.config(System.getenv()),
                        options.data(),
                        file,
                        options.key(),
                        Optional.ofNullable(masterKey),
                        Optional.ofNullable(erasures),
                        InstantSource.system());
        spec.commandLine().getOut().println(file + " is restored; erased again: " + again);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
