package io.facet.cli.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.update.Installation;
import io.facet.update.Manifest;
import io.facet.update.Slots;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facet-edge update FILE}. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = {
            "Installs a signed release beside the one in use. It goes on trial when the service",
            "starts again; one that is not ready in time gives way to the former one."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class UpdateVerb implements Verb {
    @Spec private CommandSpec spec;
    @Mixin private JsonOption json;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "",
            description = "a release of ./facet package, - for standard input; without: how it is")
    private String file;

    /**
     * How the installation is.
     *
     * @param software how the agent stands to what its hub wants it to run, as it says itself
     */
    record Report(String version, String installed, String lastResult, List<JsonNode> software) {}

    @Override
    public Integer call() throws IOException {
        Slots slots =
                Installation.of(System.getenv())
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.UNAVAILABLE,
                                        "only an installed package takes updates, with the key"
                                                + " that its releases are signed with; see"
                                                + " ./facet package --help"))
                        .slots();
        String installed = file.isEmpty() ? "" : install(slots).version();
        Report report =
                new Report(
                        slots.running().version().text(),
                        installed,
                        slots.lastResult().orElse("none"),
                        software(System.getenv().getOrDefault("FACET_DATA", "")));
        tell(report);
        return 0;
    }

    private static List<JsonNode> software(String data) throws IOException {
        Path file = Path.of(data, "software", "standing.json");
        List<JsonNode> products = new ArrayList<>();
        if (!data.isEmpty() && Files.isReadable(file)) {
            JsonMapper.builder().build().readTree(file.toFile()).forEach(products::add);
        }
        return products;
    }

    private Manifest install(Slots slots) throws IOException {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return slots.install(in);
        }
    }

    private void tell(Report report) {
        if (json.wanted()) {
            json.print(spec.commandLine().getOut(), report);
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("in use: version " + report.version());
        out.println("last update: " + report.lastResult());
        for (JsonNode product : report.software()) {
            String reason = product.path("reason").asText();
            out.println(
                    product.path("product").asText()
                            + " "
                            + product.path("version").asText()
                            + ": "
                            + product.path("state").asText()
                            + (reason.isEmpty() ? "" : " (" + reason + ")"));
        }
        if (!report.installed().isEmpty()) {
            out.println(
                    "version " + report.installed() + " is tried when the service starts again");
        }
        out.flush();
    }
}
