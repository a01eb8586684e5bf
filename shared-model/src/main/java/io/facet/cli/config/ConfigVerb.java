package io.facet.cli.config;

import io.facet.cli.Verb;
import io.facet.config.ConfigLoader;
import io.facet.config.ConfigSchema;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet config check|schema}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Checks a configuration, or prints its JSON Schema.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class ConfigVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say check or schema");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Reads a configuration and says everything that is wrong with it.")
    int check(
            @Parameters(arity = "0..1", defaultValue = "config.json", description = "the file")
                    Path file) {
        ConfigLoader.load(Optional.of(file), System.getenv());
        spec.commandLine().getOut().println(file + " is right");
        return 0;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Prints the JSON Schema of config.json.")
    int schema() {
        spec.commandLine().getOut().print(ConfigSchema.text());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
