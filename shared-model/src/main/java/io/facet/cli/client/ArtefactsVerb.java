package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet artefacts list|add|remove}: what a hub keeps for its boxes. */
@Command(
        name = "artefacts",
        mixinStandardHelpOptions = true,
        description = "The signed files that a hub keeps for its boxes: releases and models.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class ArtefactsVerb implements Verb {
    private static final String PATH = "/api/v1/artefacts";

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say list, add or remove");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Those there are.")
    int list(@Mixin HubOption hub, @Mixin JsonOption json) {
        JsonNode answer = hub.client().get(PATH + "?limit=1000").orThrow();
        PrintWriter text = json.text(spec.commandLine());
        answer.path("artefacts").forEach(artefact -> tell(text, artefact));
        text.flush();
        json.print(out(), answer);
        return 0;
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Gives the hub a release of ./facet package, or has it make a file of a model",
                "pack. The same again changes nothing."
            })
    int add(
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "a release")
                    @Nullable Path file,
            @Option(
                            names = "--models",
                            paramLabel = "PACK",
                            description = "instead: a model pack, such as open")
                    @Nullable String pack,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        if ((file == null) == (pack == null)) {
            throw new ParameterException(spec.commandLine(), "say a FILE, or --models PACK");
        }
        PrintWriter text = json.text(spec.commandLine());
        JsonNode added =
                file != null
                        ? upload(hub.client(), file, text)
                        : hub.client()
                                .patient()
                                .post(PATH + "/models", Map.of("pack", String.valueOf(pack)))
                                .orThrow();
        tell(text, added);
        text.flush();
        json.print(out(), added);
        return 0;
    }

    private static JsonNode upload(HubClient client, Path file, PrintWriter text) {
        try (InputStream in =
                new CountedStream(Files.newInputStream(file), Files.size(file), text)) {
            return client.upload(PATH, "application/octet-stream", in).orThrow();
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    file + " cannot be read: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes one that no roll-out and no box uses.")
    int remove(
            @Parameters(paramLabel = "SHA256", description = "as `list` shows it") String sha256,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        var _ = hub.client().delete(PATH + "/" + sha256).orThrow();
        json.text(spec.commandLine()).println("removed: " + sha256);
        json.text(spec.commandLine()).flush();
        json.print(out(), Map.of("removed", sha256));
        return 0;
    }

    private static void tell(PrintWriter text, JsonNode artefact) {
        text.printf(
                "%s  %s %s %s, %.1f MB%s%n",
                artefact.path("sha256").asText(),
                artefact.path("product").asText(),
                artefact.path("version").asText(),
                artefact.path("architecture").asText(),
                artefact.path("size").asLong() / 1e6,
                artefact.path("here").asBoolean() ? "" : ", its file is not here: add it again");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
