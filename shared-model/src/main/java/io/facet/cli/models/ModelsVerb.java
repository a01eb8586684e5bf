package io.facet.cli.models;

import io.facet.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./facet models list|fetch|verify|use|prepare}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "Lists, fetches, verifies and chooses model packs; has a hub prepare for one.",
        synopsisSubcommandLabel = "list|fetch|verify|use|prepare",
        subcommands = {
            ListCommand.class,
            FetchCommand.class,
            VerifyCommand.class,
            UseCommand.class,
            PrepareCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class ModelsVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say list, fetch, verify, use or prepare");
    }
}
