package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./facet keys rotate}: a new master key, without downtime. */
@Command(name = "keys", mixinStandardHelpOptions = true, description = "The hub's master key.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class KeysVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say rotate");
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = {
                "Puts every data key under a new master key while the hub works.",
                "A hub that is killed meanwhile goes on at its next start."
            })
    int rotate(@Mixin HubOption hub, @Mixin JsonOption json) {
        JsonNode done =
                hub.client()
                        .patient()
                        .post("/api/v1/security/master-key/rotate", Map.of())
                        .orThrow();
        var out = spec.commandLine().getOut();
        var text = json.text(spec.commandLine());
        text.println(done.path("rewrapped").asLong() + " data keys are under the new master key");
        text.println(
                "copy the new key (DATA/master.key) to where you keep it; backups made before need"
                        + " the earlier one");
        text.flush();
        json.print(out, done);
        return 0;
    }
}
