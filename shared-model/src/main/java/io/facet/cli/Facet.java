package io.facet.cli;

import io.facet.error.FacetException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./facet}: the verbs that are on the class path, behind one entry point. */
@Command(
        name = "facet",
        mixinStandardHelpOptions = true,
        versionProvider = Facet.Version.class,
        description = "Recognises people at many camera sites.",
        synopsisSubcommandLabel = "VERB")
public final class Facet implements Runnable {
    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
    private Facet() {}

    /** Runs one verb and exits with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Facet());
        ServiceLoader.load(Verb.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(CommandLine::new)
                .sorted(Comparator.comparing(CommandLine::getCommandName))
                .forEach(verb -> root.addSubcommand(verb.getCommandName(), verb));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setExecutionExceptionHandler((failure, at, parsed) -> explain(failure, at.getErr()));
        return root;
    }

    /**
     * Facet's own errors are sentences for people; anything else is a defect and shows its trace.
     */
    private static int explain(Exception failure, PrintWriter err) {
        if (failure instanceof FacetException known) {
            err.println("facet: " + known.code().wireName() + ": " + known.reason());
        } else {
            failure.printStackTrace(err);
        }
        return 1;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Facet.class.getPackage().getImplementationVersion();
            return new String[] {"facet " + (version == null ? "development" : version)};
        }
    }
}
