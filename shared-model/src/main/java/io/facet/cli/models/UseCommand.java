package io.facet.cli.models;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.cli.JsonOption;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ModelPack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet models use}. */
@Command(
        name = "use",
        mixinStandardHelpOptions = true,
        description = "Writes a pack into config.json (recognition.model).")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class UseCommand implements Callable<Integer> {
    private static final String AUTO = "auto";
    private static final JsonMapper JSON = new JsonMapper();
    private static final DefaultPrettyPrinter PRETTY =
            new DefaultPrettyPrinter()
                    .withSeparators(
                            Separators.createDefaultInstance()
                                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER));

    @Spec private CommandSpec spec;
    @Mixin private Installation installation;
    @Mixin private JsonOption json;

    @Parameters(paramLabel = "PACK", description = "auto, open, starter, zoo or insightface")
    private String name;

    @Override
    public Integer call() {
        Path file = installation.configFile();
        // Says everything that is wrong with the file before anything is written to it.
        installation.config();
        if (!name.equals(AUTO)) {
            warn(installation.pack(name));
        }
        try {
            write(file);
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot write " + file + "; check who owns it and whether the disk is full",
                    failure);
        }
        if (json.wanted()) {
            json.print(
                    spec.commandLine().getOut(), Map.of("model", name, "config", file.toString()));
        } else {
            PrintWriter out = spec.commandLine().getOut();
            out.println(file + " now says recognition.model = " + name + "; restart to use it");
            out.flush();
        }
        return 0;
    }

    private void warn(ModelPack pack) {
        PrintWriter err = spec.commandLine().getErr();
        if (!pack.verified()) {
            err.println("facet: pack " + name + " is not verified: Facet's tests never ran it");
        }
        if (installation.catalog().needsAcceptance(pack)
                && !installation.config().models().acceptLicense()) {
            err.println("facet: until models.accept_license is true, pack " + name + " means auto");
        }
        err.flush();
    }

    private void write(Path file) throws IOException {
        JsonNode tree = Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
        ((ObjectNode) tree).withObjectProperty("recognition").put("model", name);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, JSON.writer(PRETTY).writeValueAsString(tree) + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
