package io.facet.hub;

import io.facet.cli.JsonOption;
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
            "Whoever was erased after the backup is erased again. DATA/admin-key then holds an"
                    + " administrator's key that works."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:everything is restored", "1:nothing is, or it must be begun again"})
@SuppressWarnings("NullAway.Init") // picocli sets these before it runs the command
public final class RestoreVerb implements Verb {
    @Spec private CommandSpec spec;
    @Mixin private BackupOptions options;
    @Mixin private JsonOption json;

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

    @Option(
            names = "--no-erasures",
            description = "restore without a list of erasures: whoever was erased comes back")
    private boolean noErasures;

    @Override
    public Integer call() {
        RestoreRun run =
                new RestoreRun(
                        options.config(System.getenv()),
                        InstantSource.system(),
                        options.progress(spec));
        RestoreRun.Done done =
                run.into(
                        options.data(),
                        new RestoreRun.From(
                                file,
                                options.key(),
                                Optional.ofNullable(masterKey),
                                Optional.ofNullable(erasures),
                                noErasures));
        options.tell(
                spec,
                json,
                "%s is restored into %s: %d tables, %d people erased again; administrator's key: %s"
                        .formatted(
                                file,
                                options.data(),
                                done.tables(),
                                done.erasedAgain(),
                                done.adminKey()),
                done);
        return 0;
    }
}
