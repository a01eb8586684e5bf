package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet devices token|group}: lets an edge box join, and puts it into groups. */
@Command(name = "devices", mixinStandardHelpOptions = true, description = "The hub's edge boxes.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class DevicesVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say token or group");
    }

    @Command(
            name = "token",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a token with which one edge box may join, once.",
                "Hand it to ./facet edge --join TOKEN@HUB[:PORT] on the box."
            })
    int token(
            @Mixin HubOption hub,
            @Mixin JsonOption json,
            @Option(
                            names = "--site",
                            paramLabel = "SITE",
                            description = "where the box stands; default: default")
                    @Nullable String site,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "the only box it is for; without, the box says its name")
                    @Nullable String name,
            @Option(
                            names = "--minutes",
                            defaultValue = "60",
                            description = "how long it may be used; default: 60")
                    int minutes) {
        Map<String, Object> wish = new LinkedHashMap<>();
        if (site != null) {
            wish.put("site_id", site);
        }
        if (name != null) {
            wish.put("agent_id", name);
        }
        wish.put("expires_in", Math.multiplyExact(minutes, 60));
        JsonNode made = hub.client().post("/api/v1/join-tokens", wish).orThrow();
        var out = spec.commandLine().getOut();
        var text = json.text(spec.commandLine());
        text.println(made.path("join_token").asText());
        text.flush();
        json.print(out, made);
        return 0;
    }

    @Command(
            name = "group",
            mixinStandardHelpOptions = true,
            description = "Puts a box into these groups and no other; roll-outs begin with some.")
    int group(
            @Parameters(paramLabel = "BOX", description = "the box's name") String box,
            @Parameters(arity = "0..*", paramLabel = "GROUP", description = "such as canary")
                    @Nullable List<String> groups,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        List<String> labels = groups == null ? List.of() : groups;
        JsonNode device =
                hub.client().patch("/api/v1/devices/" + box, Map.of("groups", labels)).orThrow();
        var text = json.text(spec.commandLine());
        text.println(box + " is in " + (labels.isEmpty() ? "no group" : String.join(", ", labels)));
        text.flush();
        json.print(spec.commandLine().getOut(), device);
        return 0;
    }
}
