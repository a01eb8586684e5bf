package io.facet.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.client.HubClient;
import io.facet.cli.client.HubOption;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet models prepare}: asks a hub, and follows its work. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        description = {
            "Has a running hub give every face a template of another pack, and follows that.",
            "The hub goes on when this is stopped; said again, it tells how far it is."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:every face has one",
            "1:it could not run",
            "2:in some pictures the pack finds no face"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class PrepareCommand implements Callable<Integer> {
    private static final long BETWEEN_LOOKS_MS = 1_000;

    @Parameters(paramLabel = "PACK", description = "open, starter, zoo or insightface")
    private String pack;

    @Mixin private HubOption hub;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        HubClient client = hub.client();
        JsonNode progress =
                client.post("/api/v1/models/prepare", Map.of("pack", pack))
                        .orThrow()
                        .path("prepared");
        while (state(progress).equals("working")) {
            tell(progress);
            Thread.sleep(BETWEEN_LOOKS_MS);
            progress = client.get("/api/v1/models").orThrow().path("prepared");
        }
        tell(progress);
        if (!state(progress).equals("complete")) {
            throw new FacetException(
                    ErrorCode.INTERNAL, "the hub stopped before the end; its log says why");
        }
        json.print(spec.commandLine().getOut(), progress);
        return progress.path("failed").asLong() == 0 ? 0 : 2;
    }

    private static String state(JsonNode progress) {
        return progress.path("state").asText();
    }

    private void tell(JsonNode progress) {
        PrintWriter text = json.text(spec.commandLine());
        text.printf(
                "%d of %d faces, %d without success%n",
                progress.path("done").asLong(),
                progress.path("total").asLong(),
                progress.path("failed").asLong());
        text.flush();
    }
}
