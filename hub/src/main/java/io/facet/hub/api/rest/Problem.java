package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.time.Duration;
import java.util.Locale;

/** Problem details (RFC 9457): type, title, status, detail, and our code. */
final class Problem {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    static ObjectNode of(ErrorCode code, String detail) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "urn:facet:error:" + code.wireName());
        problem.put("title", title(code));
        problem.put("status", code.httpStatus());
        problem.put("detail", detail);
        problem.put("code", code.wireName());
        return problem;
    }

    /** Of an error; when it says after how long to come again, so does the problem. */
    static ObjectNode of(FacetException known) {
        ObjectNode problem = of(known.code(), known.reason());
        String wait = known.details().get("retry_after");
        if (wait != null) {
            problem.put("retry_after", Long.parseLong(wait));
        }
        return problem;
    }

    /** The code a problem was made from. */
    static ErrorCode code(ObjectNode problem) {
        return ErrorCode.valueOf(problem.path("code").asText().toUpperCase(Locale.ROOT));
    }

    /** Too many tries: the answer says when the next one is free. */
    static ProblemException tooManyTries(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        ObjectNode problem =
                of(ErrorCode.RATE_LIMITED, "too many tries; try again in " + seconds + " seconds");
        problem.put("retry_after", seconds);
        return new ProblemException(problem);
    }

    private static String title(ErrorCode code) {
        String words = code.wireName().replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
