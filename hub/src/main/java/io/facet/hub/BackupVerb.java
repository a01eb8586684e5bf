package io.facet.hub;

import io.facet.cli.Verb;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet backup FILE}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an encrypted copy of the hub's database, at one moment, while the hub works.",
            "The master key is not in it: keep a copy of it somewhere else."
        })
@SuppressWarnings("NullAway.Init") // picocli sets these before it runs the command
public final class BackupVerb implements Verb {
    @Spec private CommandSpec spec;
    @Mixin private BackupOptions options;

    @Parameters(paramLabel = "FILE", description = "the new file")
    private Path file;

    @Override
    public Integer call() {
        int tables =
                BackupRun.backup(
                        options.config(System.getenv()), options.data(), file, options.key());
        spec.commandLine().getOut().println(file + ": " + tables + " tables");
        spec.commandLine().getOut().flush();
        return 0;
    }
}
