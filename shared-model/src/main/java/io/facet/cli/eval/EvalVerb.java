package io.facet.cli.eval;

import io.facet.cli.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./facet eval verify|detect|expression|identify|liveness|calibrate}. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Measures accuracy on labelled pictures.",
        subcommands = {
            VerifyCommand.class,
            DetectCommand.class,
            ExpressionCommand.class,
            IdentifyCommand.class,
            LivenessCommand.class,
            CalibrateCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class EvalVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: verify, detect, expression, identify, liveness, calibrate");
    }
}
