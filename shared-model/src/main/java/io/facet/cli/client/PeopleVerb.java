package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet people find|export|erase}: what a data subject may ask for. */
@Command(
        name = "people",
        mixinStandardHelpOptions = true,
        description = "The people a hub knows: finds, exports and erases them.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class PeopleVerb implements Verb {
    private static final int FOUND = 100;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say find, export or erase");
    }

    @Command(
            name = "find",
            mixinStandardHelpOptions = true,
            description = "Lists people by words of their name, with their ids; at most 100.",
            exitCodeListHeading = "Exit status:%n",
            exitCodeList = {"0:somebody was found", "1:it could not run", "2:nobody"})
    int find(
            @Parameters(paramLabel = "NAME", description = "words of the name") String name,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        String words = URLEncoder.encode(name, StandardCharsets.UTF_8);
        JsonNode found =
                hub.client()
                        .get("/api/v1/people?limit=" + FOUND + "&q=" + words)
                        .orThrow()
                        .path("people");
        PrintWriter text = json.text(spec.commandLine());
        for (JsonNode person : found) {
            text.printf(
                    "%s  %s  %d faces%n",
                    person.path("person_id").asText(),
                    person.path("name").asText(),
                    person.path("face_count").asInt());
        }
        text.flush();
        json.print(out(), Map.of("people", found));
        return found.isEmpty() ? 2 : 0;
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Writes a ZIP file with everybody's pictures and people.csv, as `enroll` takes it;",
                "with --person everything there is about one person. The file is personal data in"
                        + " the clear, readable by you alone."
            })
    int export(
            @Parameters(paramLabel = "FILE", description = "a new file") Path file,
            @Option(names = "--person", paramLabel = "ID", description = "only this person")
                    @Nullable UUID person,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        String path =
                person == null
                        ? "/api/v1/export/people.zip"
                        : "/api/v1/people/" + person + "/export";
        long bytes = hub.client().patient().download(path, file);
        json.text(spec.commandLine()).printf("%s  %d bytes%n", file, bytes).flush();
        json.print(out(), Map.of("file", file.toString(), "bytes", bytes));
        return 0;
    }

    @Command(
            name = "erase",
            mixinStandardHelpOptions = true,
            description = {
                "Erases a person for good: faces, crops, embeddings and the key they are under.",
                "Boxes erase them as soon as they hear of it; those that have are counted."
            })
    int erase(
            @Parameters(paramLabel = "ID", description = "the person_id") UUID person,
            @Option(names = "--yes", description = "it is meant; there is no way back") boolean yes,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        if (!yes) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "erasing cannot be undone; say --yes if person " + person + " is meant");
        }
        HubClient client = hub.client();
        client.delete("/api/v1/people/" + person).orThrow();
        JsonNode receipt = client.get("/api/v1/people/" + person + "/erasure").orThrow();
        long boxes = receipt.path("devices").size();
        long done = receipt.path("devices").valueStream().filter(PeopleVerb::erased).count();
        json.text(spec.commandLine())
                .printf("erased at the hub and on %d of %d boxes so far%n", done, boxes)
                .flush();
        json.print(out(), receipt);
        return 0;
    }

    private static boolean erased(JsonNode device) {
        return device.path("erased").asBoolean();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
