package io.facet.bench;

import io.facet.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./facet bench search|pipeline|api|hub|socketio|sync}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures how fast, and how well at that speed.",
        subcommands = {
            SearchCommand.class,
            PipelineCommand.class,
            ApiCommand.class,
            HubCommand.class,
            SocketIoCommand.class,
            SyncCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class BenchVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: search, pipeline, api, hub, socketio, sync");
    }
}
