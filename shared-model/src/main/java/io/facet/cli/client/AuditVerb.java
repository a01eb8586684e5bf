package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./facet audit verify}: has anybody tampered with the log of who did what? */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "The log of who read and changed what.")
@SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
public final class AuditVerb implements Verb {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say verify");
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Checks every hash of the log; says where it was tampered with.",
            exitCodeListHeading = "Exit status:%n",
            exitCodeList = {"0:untouched", "1:it could not be checked", "2:tampered with"})
    int verify(@Mixin HubOption hub, @Mixin JsonOption json) {
        JsonNode verdict = hub.client().patient().get("/api/v1/audit/verify").orThrow();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter text = json.text(spec.commandLine());
        verdict.path("broken").forEach(line -> text.println("BROKEN  " + line.asText()));
        text.println(
                (verdict.path("ok").asBoolean() ? "untouched: " : "tampered with: ")
                        + verdict.path("entries").asLong()
                        + " entries in "
                        + verdict.path("batches").asLong()
                        + " batches");
        text.flush();
        json.print(out, verdict);
        return verdict.path("ok").asBoolean() ? 0 : 2;
    }
}
