package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./facet rollouts list|start|show|pause|resume|stop|roll-back}. */
@Command(
        name = "rollouts",
        mixinStandardHelpOptions = true,
        description = "Brings releases and models to a hub's boxes, stage by stage.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class RolloutsVerb implements Verb {
    private static final String PATH = "/api/v1/rollouts";
    private static final Pattern STAGE = Pattern.compile("([a-z0-9_,-]*?)(?::?(\\d{1,3})%)?");

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say list, start, show, pause, resume, stop or roll-back");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Those there were.")
    int list(@Mixin HubOption hub, @Mixin JsonOption json) {
        JsonNode answer = hub.client().get(PATH + "?limit=1000").orThrow();
        PrintWriter text = json.text(spec.commandLine());
        answer.path("rollouts").forEach(rollout -> tell(text, rollout));
        text.flush();
        json.print(out(), answer);
        return 0;
    }

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = {
                "Begins one. Stages follow each other once a stage has been well for --hold",
                "seconds; one box more than --max-failures that fails halts it."
            })
    int start(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "SHA256",
                            description =
                                    "as `artefacts list` shows them: a release, one for each"
                                            + " architecture, or models")
                    List<String> artefacts,
            @Option(
                            names = "--stage",
                            required = true,
                            paramLabel = "GROUPS[:PERCENT%]",
                            description =
                                    "again for each stage: boxes of these groups, or PERCENT of"
                                            + " them; 25%% of all boxes, 100%% the rest")
                    List<String> stages,
            @Option(names = "--hold", paramLabel = "SECONDS", description = "default: 3600")
                    @Nullable Integer hold,
            @Option(names = "--max-failures", paramLabel = "BOXES", description = "default: 0")
                    @Nullable Integer maxFailures,
            @Option(names = "--site", paramLabel = "SITE", description = "default: every site")
                    @Nullable List<String> sites,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("artefacts", artefacts);
        wish.put("stages", stages.stream().map(this::stage).toList());
        put(wish, "hold_seconds", hold);
        put(wish, "max_failures", maxFailures);
        put(wish, "sites", sites);
        return told(json, hub.client().post(PATH, wish).orThrow());
    }

    private static void put(Map<String, Object> wish, String key, @Nullable Object value) {
        if (value != null) {
            wish.put(key, value);
        }
    }

    private Map<String, Object> stage(String text) {
        Matcher matcher = STAGE.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new ParameterException(
                    spec.commandLine(), "a stage is canary, canary:50% or 25%, not " + text);
        }
        Map<String, Object> stage = new LinkedHashMap<>();
        String groups = matcher.group(1);
        stage.put("groups", groups.isEmpty() ? List.of() : List.of(groups.split(",")));
        stage.put("percent", matcher.group(2) == null ? 100 : Integer.parseInt(matcher.group(2)));
        return stage;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "One, and how its boxes stand to it.")
    int show(
            @Parameters(paramLabel = "ID") String id,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        JsonNode rollout = hub.client().get(PATH + "/" + id).orThrow();
        List<JsonNode> boxes = boxes(hub.client(), id);
        PrintWriter text = json.text(spec.commandLine());
        tell(text, rollout);
        for (JsonNode box : boxes) {
            text.printf(
                    "  %-24s %s%s%n",
                    box.path("agent_id").asText(), box.path("state").asText(), reason(box));
        }
        text.flush();
        json.print(out(), Map.of("rollout", rollout, "devices", boxes));
        return 0;
    }

    private static List<JsonNode> boxes(HubClient client, String id) {
        List<JsonNode> boxes = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = client.get(PATH + "/" + id + "/devices?limit=1000" + next).orThrow();
            page.path("devices").forEach(boxes::add);
            String cursor = page.path("next_cursor").asText("");
            next = page.path("next_cursor").isTextual() ? "&cursor=" + cursor : "";
        } while (!next.isEmpty());
        return boxes;
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Asks no other box for now; those on their way go on.")
    int pause(
            @Parameters(paramLabel = "ID") String id,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        return turn(hub, json, id, "pause");
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on, also after a halt; failures until now count no more.")
    int resume(
            @Parameters(paramLabel = "ID") String id,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        return turn(hub, json, id, "resume");
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            description = "Ends one; boxes keep what they run.")
    int stop(
            @Parameters(paramLabel = "ID") String id,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        return turn(hub, json, id, "stop");
    }

    @Command(
            name = "roll-back",
            mixinStandardHelpOptions = true,
            description = "Ends one of models; its boxes run those they ran before.")
    int rollBack(
            @Parameters(paramLabel = "ID") String id,
            @Mixin HubOption hub,
            @Mixin JsonOption json) {
        return turn(hub, json, id, "roll-back");
    }

    private int turn(HubOption hub, JsonOption json, String id, String verb) {
        return told(json, hub.client().post(PATH + "/" + id + "/" + verb, Map.of()).orThrow());
    }

    private int told(JsonOption json, JsonNode rollout) {
        PrintWriter text = json.text(spec.commandLine());
        tell(text, rollout);
        text.flush();
        json.print(out(), rollout);
        return 0;
    }

    private static void tell(PrintWriter text, JsonNode rollout) {
        List<String> counts = new ArrayList<>();
        rollout.path("devices")
                .properties()
                .forEach(count -> {
                    if (count.getValue().asLong() > 0) {
                        counts.add(count.getValue().asLong() + " " + count.getKey());
                    }
                });
        text.printf(
                "%s  %s %s: %s, stage %d of %d%s%s%n",
                rollout.path("rollout_id").asText(),
                rollout.path("product").asText(),
                rollout.path("version").asText(),
                rollout.path("state").asText(),
                rollout.path("stage").asInt(),
                rollout.path("stages").size(),
                counts.isEmpty() ? "" : ", boxes: " + String.join(", ", counts),
                reason(rollout));
    }

    private static String reason(JsonNode of) {
        String reason = of.path("reason").asText();
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
