package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.cli.client.HubClient.Answer;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet recognize IMAGE...}. */
@Command(
        name = "recognize",
        mixinStandardHelpOptions = true,
        description = "Says who is in pictures, as a running hub sees it.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:every picture was looked at",
            "1:it could not run",
            "2:the hub refused a picture"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class RecognizeVerb implements Verb {
    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "the pictures")
    private List<Path> images;

    @Option(names = "--threshold", description = "least confidence, 0 to 1; default: the hub's")
    private @Nullable Float threshold;

    @Option(names = "--max-results", description = "people reported per face; default: the hub's")
    private @Nullable Integer maxResults;

    @Mixin private HubOption hub;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        HubClient client = hub.client();
        List<Map<String, Object>> pictures = new ArrayList<>();
        boolean refused = false;
        for (Path image : images) {
            Answer answer = client.recognize(read(image), options());
            Map<String, Object> picture = new LinkedHashMap<>();
            picture.put("file", image.toString());
            switch (answer) {
                case Answer.Done done -> {
                    picture.put("faces", done.body().path("faces"));
                    show(image, done.body().path("faces"));
                }
                case Answer.Problem problem -> {
                    refused = true;
                    picture.put("code", problem.code());
                    picture.put("detail", problem.detail());
                    text().println(image + "  " + problem.code() + ": " + problem.detail());
                }
            }
            pictures.add(picture);
        }
        text().flush();
        json.print(spec.commandLine().getOut(), Map.of("pictures", pictures));
        return refused ? 2 : 0;
    }

    private Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        if (threshold != null) {
            options.put("threshold", threshold);
        }
        if (maxResults != null) {
            options.put("max_results", maxResults);
        }
        return options;
    }

    private void show(Path image, JsonNode faces) {
        text().println(image + "  " + faces.size() + (faces.size() == 1 ? " face" : " faces"));
        for (JsonNode face : faces) {
            JsonNode best = face.path("candidates").path(0);
            text().printf(
                            "  %-9s %s %s%n",
                            face.path("decision").asText(),
                            best.path("name").asText("nobody near"),
                            best.has("confidence")
                                    ? "confidence %.2f"
                                            .formatted(best.path("confidence").asDouble())
                                    : "");
        }
    }

    private PrintWriter text() {
        return json.text(spec.commandLine());
    }

    private static byte[] read(Path image) {
        try {
            return Files.readAllBytes(image);
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, image + " cannot be read", unreadable);
        }
    }
}
