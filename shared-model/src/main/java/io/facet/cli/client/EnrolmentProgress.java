package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.EnrollVerb.Result;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Follows a job at a hub to its end and tells every picture's result. Used by one thread. */
final class EnrolmentProgress {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final HubClient client;
    private final String path;
    private final PrintWriter out;
    private final List<Result> results = new ArrayList<>();
    private String cursor = "";

    EnrolmentProgress(HubClient client, JsonNode job, PrintWriter out) {
        this.client = client;
        this.path = "/api/v1/enrolments/" + job.path("job_id").asText();
        this.out = out;
    }

    /**
     * Every result, once the job has ended.
     *
     * @throws FacetException when the job as a whole failed, was cancelled or interrupted
     */
    List<Result> follow() {
        while (true) {
            JsonNode job = client.get(path).orThrow();
            boolean more = tell(job.path("total"));
            if (!job.path("state").asText().equals("running") && !more) {
                check(job);
                return results;
            }
            if (!more) {
                pause();
            }
        }
    }

    /** Tells a page of results; whether there was any. */
    private boolean tell(JsonNode total) {
        JsonNode page = client.get(path + "/results?limit=500" + cursor).orThrow().path("results");
        for (JsonNode row : page) {
            boolean enrolled = row.path("outcome").asText().equals("enrolled");
            Result result =
                    new Result(
                            row.path("file").asText(),
                            row.path("outcome").asText(),
                            row.path(enrolled ? "face_id" : "detail").asText());
            results.add(result);
            out.printf(
                    "%d%s  %-10s %s  %s%n",
                    results.size(),
                    total.isInt() ? "/" + total.asInt() : "",
                    result.outcome(),
                    result.file(),
                    result.detail());
        }
        out.flush();
        if (!page.isEmpty()) {
            cursor = "&offset=" + results.size();
        }
        return !page.isEmpty();
    }

    private void check(JsonNode job) {
        switch (job.path("state").asText()) {
            case "finished" -> {}
            case "failed" ->
                    throw new FacetException(
                            ErrorCode.INVALID_ARGUMENT, job.path("failure").asText());
            default ->
                    throw new FacetException(
                            ErrorCode.UNAVAILABLE,
                            "the hub ended the job before it was done ("
                                    + job.path("state").asText()
                                    + ", "
                                    + results.size()
                                    + " pictures in); run it again: who is enrolled is linked");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new FacetException(ErrorCode.UNAVAILABLE, "interrupted", stopped);
        }
    }
}
