package io.facet.bench;

import io.facet.cli.JsonOption;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.ResolvedPack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the benches of a hub have in common: pictures, models, and how they report. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class BenchOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin private JsonOption json;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "JPEG files with one face each; default: of the test data")
    private @Nullable Path images;

    @Option(names = "--pack", defaultValue = "open", description = "model pack (${DEFAULT-VALUE})")
    private String pack;

    /** The model pack's name. */
    String pack() {
        return pack;
    }

    /** Of this installation. */
    Places places() {
        return Places.find(System.getenv(), Path.of(""));
    }

    /** At most so many pictures. */
    List<byte[]> pictures(int most) throws IOException {
        return BenchPictures.read(images, places(), most);
    }

    /** The models, fetched if need be. */
    ResolvedPack resolve(FacetConfig config) {
        return resolve(config, places().home(), pack, this::say);
    }

    /**
     * Resolves a pack as the agent and the hub do.
     *
     * @param home of the installation
     * @param progress told of what is fetched
     * @throws io.facet.error.FacetException with what to do when it cannot be had
     */
    static ResolvedPack resolve(
            FacetConfig config, Path home, String pack, Consumer<String> progress) {
        return ModelPacks.resolver(
                        ModelPacks.options(config.models(), home, System.getenv(), progress))
                .resolve(pack)
                .orThrow();
    }

    /** What is being done just now. */
    void say(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println("facet: " + line);
        err.flush();
    }

    /** Prints the report for people and, when wanted, for programs. */
    void print(String text, Object report) {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter people = json.text(command.commandLine());
        people.print(text);
        people.flush();
        json.print(out, report);
    }
}
