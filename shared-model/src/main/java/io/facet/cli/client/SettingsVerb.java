package io.facet.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet settings list|set|unset}: what a running hub works with. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description = "The settings of a running hub: lists and changes them.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class SettingsVerb implements Verb {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say list, set or unset");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Every setting, its value, where that comes from, and whether it can be"
                            + " changed here.")
    int list(@Mixin HubOption hub, @Mixin JsonOption json) {
        JsonNode answer = hub.client().get("/api/v1/config").orThrow();
        PrintWriter text = json.text(spec.commandLine());
        for (JsonNode setting : answer.path("settings")) {
            text.printf(
                    "%s = %s  (%s%s)%n",
                    setting.path("key").asText(),
                    setting.path("value"),
                    setting.path("origin").asText(),
                    setting.path("live").asBoolean() ? ", live" : "");
        }
        text.flush();
        json.print(out(), answer);
        return 0;
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Changes one; it holds at once and after restarts, and is audited.")
    int set(
            @Parameters(paramLabel = "KEY", description = "as `list` shows it") String key,
            @Parameters(paramLabel = "VALUE", description = "JSON, or a word") String value,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        return change(hub, json, Map.of(key, parse(value)));
    }

    @Command(
            name = "unset",
            mixinStandardHelpOptions = true,
            description = "Takes a change back; the file's value or the default holds again.")
    int unset(
            @Parameters(paramLabel = "KEY", description = "as `list` shows it") String key,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        return change(hub, json, Collections.singletonMap(key, null));
    }

    private int change(HubOption hub, JsonOption json, Map<String, ?> settings) {
        JsonNode answer =
                hub.client().patch("/api/v1/config", Map.of("settings", settings)).orThrow();
        json.text(spec.commandLine()).println("changed: " + String.join(", ", settings.keySet()));
        json.text(spec.commandLine()).flush();
        json.print(out(), answer);
        return 0;
    }

    private static JsonNode parse(String value) {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException aWord) {
            return TextNode.valueOf(value);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
