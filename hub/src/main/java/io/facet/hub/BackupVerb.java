package io.facet.hub;

import io.facet.cli.JsonOption;
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
            "The master key is not in it: keep copies of DATA/master.key somewhere else, and of"
                    + " DATA/erasures.log, the newest of which a restore asks for."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:the file is whole and on disk", "1:nothing was written"})
@SuppressWarnings("NullAway.Init") // picocli sets these before it runs the command
public final class BackupVerb implements Verb {
    @Spec private CommandSpec spec;
    @Mixin private BackupOptions options;
    @Mixin private JsonOption json;

    @Parameters(
            paramLabel = "FILE",
            description = "the new file; one that is there is replaced once the new one is whole")
    private Path file;

    @Override
    public Integer call() {
        BackupRun.Done done =
                BackupRun.backup(
                        options.config(System.getenv()),
                        options.data(),
                        file,
                        options.key(),
                        options.progress(spec));
        options.tell(
                spec,
                json,
                "%s: %d tables, %d bytes".formatted(file, done.tables(), done.bytes()),
                done);
        return 0;
    }
}
