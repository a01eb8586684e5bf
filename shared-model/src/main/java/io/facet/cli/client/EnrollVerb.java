package io.facet.cli.client;

import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.cli.client.HubClient.Answer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ./facet enroll DIR|ZIP|CSV}: a result per picture, and a picture enrolled twice is linked.
 */
@Command(
        name = "enroll",
        mixinStandardHelpOptions = true,
        description = {
            "Enrols pictures of people at a running hub.",
            "In a folder or ZIP the name is the picture's folder, or its file name without a"
                    + " trailing number; a CSV has the columns name,file."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:every picture is enrolled", "1:it could not run", "2:some were refused"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
public final class EnrollVerb implements Verb {
    @Parameters(paramLabel = "DIR|ZIP|CSV", description = "the pictures")
    private Path source;

    @Option(
            names = "--on-duplicate",
            paramLabel = "RULE",
            defaultValue = "link",
            description = "link, reject or allow a face that is enrolled already; default: link")
    private String onDuplicate;

    @Mixin private HubOption hub;
    @Mixin private JsonOption json;
    @Spec private CommandSpec spec;

    /** What became of one picture: {@code enrolled} or the hub's code. */
    record Result(String file, String outcome, String detail) {}

    record Report(int enrolled, int refused, List<Result> files) {}

    @Override
    public Integer call() {
        HubClient client = hub.client();
        PrintWriter progress = json.wanted() ? spec.commandLine().getErr() : out();
        int total = Portraits.count(source);
        List<Result> results = new ArrayList<>();
        Portraits.forEach(
                source,
                (name, file, image) -> {
                    Result result = enrol(client, name, file, image);
                    results.add(result);
                    progress.printf(
                            "%d%s  %-10s %s  %s%n",
                            results.size(),
                            total < 0 ? "" : "/" + total,
                            result.outcome(),
                            result.file(),
                            result.detail());
                    progress.flush();
                });
        int enrolled = (int) results.stream().filter(r -> r.outcome().equals("enrolled")).count();
        progress.printf("%d enrolled, %d refused%n", enrolled, results.size() - enrolled);
        progress.flush();
        json.print(out(), new Report(enrolled, results.size() - enrolled, results));
        return enrolled == results.size() ? 0 : 2;
    }

    private Result enrol(HubClient client, String name, String file, byte[] image) {
        Answer answer = client.register(name, image, Map.of("on_duplicate", onDuplicate));
        return switch (answer) {
            case Answer.Done done ->
                    new Result(file, "enrolled", done.body().path("face_id").asText());
            case Answer.Problem problem -> new Result(file, problem.code(), problem.detail());
        };
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
