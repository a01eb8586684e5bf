package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.JsonOption;
import io.facet.cli.Verb;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "Sends them in one upload and follows the hub's work; run again, it links who is enrolled.",
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
        if (!Files.exists(source)) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "there is no " + source);
        }
        HubClient client = hub.client();
        PrintWriter progress = json.text(spec.commandLine());
        EnrolmentUpload upload = new EnrolmentUpload(source, onDuplicate);
        progress.printf("sending %s%n", source);
        progress.flush();
        JsonNode job = upload.send(client);
        List<Result> results =
                new ArrayList<>(new EnrolmentProgress(client, job, progress).follow());
        upload.left()
                .forEach(result -> {
                    progress.printf(
                            "%s  %s  %s%n", result.outcome(), result.file(), result.detail());
                    results.add(result);
                });
        if (results.isEmpty()) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "no picture is in " + source);
        }
        int enrolled = (int) results.stream().filter(r -> r.outcome().equals("enrolled")).count();
        progress.printf("%d enrolled, %d refused%n", enrolled, results.size() - enrolled);
        progress.flush();
        json.print(out(), new Report(enrolled, results.size() - enrolled, results));
        return enrolled == results.size() ? 0 : 2;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
