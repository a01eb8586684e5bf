package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A problem that says more than a code and a sentence. */
final class ProblemException extends RuntimeException {
    private final transient ObjectNode problem;

    ProblemException(ObjectNode problem) {
        super(problem.path("detail").asText());
        this.problem = problem;
    }

    ObjectNode problem() {
        return problem;
    }
}
