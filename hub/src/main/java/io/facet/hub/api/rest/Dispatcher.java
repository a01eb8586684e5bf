package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.monitor.RequestObserver;
import io.facet.hub.security.Principal;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs endpoints: credential, permission, media type, audit log, action, answer; every error
 * becomes a problem. What is not in the list of endpoints cannot be reached.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** The route of calls there are not; what was asked for may be anything. */
    private static final String UNMATCHED = "unmatched";

    private final Callers callers;
    private final Auditing auditing;
    private final Repetition repetition;
    private final RequestObserver observer;

    Dispatcher(
            Callers callers, Auditing auditing, Repetition repetition, RequestObserver observer) {
        this.callers = callers;
        this.auditing = auditing;
        this.repetition = repetition;
        this.observer = observer;
    }

    void register(HttpRouting.Builder routing, List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            routing.route(
                    endpoint.method(),
                    endpoint.path(),
                    (request, response) -> run(endpoint, request, response));
        }
        endpoints.stream()
                .collect(
                        Collectors.groupingBy(
                                Endpoint::path,
                                Collectors.mapping(
                                        e -> e.method().text(), Collectors.joining(", "))))
                .forEach((path, methods) -> routing.any(path, (_, res) -> other(res, methods)));
        routing.any("/api/*", (_, response) -> missing(response));
        routing.any("/health/*", (_, response) -> missing(response));
    }

    private void other(ServerResponse response, String methods) {
        response.header(HeaderNames.ALLOW, methods);
        unmatched(
                response,
                Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "this address takes " + methods));
    }

    void missing(ServerResponse response) {
        unmatched(
                response,
                Problem.of(
                        ErrorCode.NOT_FOUND,
                        "there is no such call; /api/openapi.json lists those there are"));
    }

    private void unmatched(ServerResponse response, ObjectNode problem) {
        Optional<ErrorCode> code = problem(response, problem);
        observer.answered(
                new RequestObserver.Answered(
                        "rest", "any", UNMATCHED, response.status().code(), code, Duration.ZERO));
    }

    private void run(Endpoint endpoint, ServerRequest request, ServerResponse response) {
        Timing timing = new Timing();
        Optional<ErrorCode> failed = Optional.empty();
        try {
            failed = answer(endpoint, request, response, timing);
        } finally {
            observer.answered(
                    new RequestObserver.Answered(
                            "rest",
                            endpoint.method().text(),
                            endpoint.path(),
                            response.status().code(),
                            failed,
                            timing.waited()));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // the boundary: a fault becomes a 500 without details
    private Optional<ErrorCode> answer(
            Endpoint endpoint, ServerRequest request, ServerResponse response, Timing timing) {
        try {
            Principal principal = admit(endpoint, request);
            checkAccepted(endpoint.spec(), request);
            checkConditional(endpoint.spec(), request);
            Call call = new Call(request, endpoint.spec(), principal);
            Reply reply =
                    auditing.run(endpoint, call, principal, c -> repetition.answer(endpoint, c));
            if (reply instanceof Reply.Live) {
                timing.answered();
            }
            send(request, response, reply);
            return Optional.empty();
        } catch (ProblemException told) {
            return refuse(endpoint, response, told.problem());
        } catch (FacetException known) {
            if (known.code() == ErrorCode.INTERNAL) {
                LOG.error("{} {} failed", endpoint.method(), endpoint.path(), known);
            }
            return refuse(endpoint, response, Problem.of(known));
        } catch (IllegalArgumentException invalid) {
            // Values check themselves; their message says what is wrong.
            return refuse(
                    endpoint, response, Problem.of(ErrorCode.INVALID_ARGUMENT, message(invalid)));
        } catch (IOException brokenOff) {
            LOG.debug("a request broke off", brokenOff);
            return refuse(
                    endpoint,
                    response,
                    Problem.of(ErrorCode.INVALID_ARGUMENT, "the body could not be read"));
        } catch (CloseConnectionException gone) {
            throw gone;
        } catch (RuntimeException fault) {
            LOG.error("{} {} failed", endpoint.method(), endpoint.path(), fault);
            return refuse(
                    endpoint,
                    response,
                    Problem.of(ErrorCode.INTERNAL, "the hub failed; its log says more"));
        }
    }

    /** A browser that went here by itself is shown the page, not a problem in JSON. */
    private static Optional<ErrorCode> refuse(
            Endpoint endpoint, ServerResponse response, ObjectNode problem) {
        if (!(endpoint.spec().answer() instanceof Spec.Answer.Redirect)) {
            return problem(response, problem);
        }
        ErrorCode code = Problem.code(problem);
        redirect(response, URI.create("/?sign_in=" + code.wireName()));
        return Optional.of(code);
    }

    private static void redirect(ServerResponse response, URI to) {
        response.header(HeaderNames.LOCATION, to.toString())
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .status(Status.SEE_OTHER_303)
                .send();
    }

    private @Nullable Principal admit(Endpoint endpoint, ServerRequest request) {
        return switch (endpoint.access()) {
            case Access.Open _ -> {
                callers.countStranger(request);
                yield null;
            }
            case Access.SignedIn _ -> callers.of(request);
            case Access.Needs needs -> {
                Principal principal = callers.of(request);
                try {
                    principal.require(needs.permission());
                } catch (FacetException refusal) {
                    auditing.refused(endpoint, principal, refusal);
                    throw refusal;
                }
                yield principal;
            }
        };
    }

    private static void checkAccepted(Spec spec, ServerRequest request) {
        String type =
                switch (spec.answer()) {
                    // Nothing is said of the answer yet.
                    case Spec.Answer.Json(Schema.Anything _) -> "";
                    case Spec.Answer.Json _ -> "application/json";
                    case Spec.Answer.Bytes bytes -> bytes.mediaType();
                    case Spec.Answer.Nothing _, Spec.Answer.Redirect _ -> "";
                };
        boolean asked = request.headers().contains(HeaderNames.ACCEPT) && !type.isEmpty();
        if (asked && !request.headers().isAccepted(MediaTypes.create(type))) {
            throw new FacetException(
                    ErrorCode.NOT_ACCEPTABLE, "this call answers " + type + "; accept that");
        }
    }

    private static void checkConditional(Spec spec, ServerRequest request) {
        if (spec.has(Spec.Rule.NEEDS_IF_MATCH) && !Etags.isConditional(request)) {
            throw new FacetException(
                    ErrorCode.PRECONDITION_REQUIRED,
                    "send If-Match with the ETag of the state that is meant to be changed");
        }
    }

    private static String message(IllegalArgumentException invalid) {
        return Optional.ofNullable(invalid.getMessage()).orElse("a value is not valid");
    }

    private static void send(ServerRequest request, ServerResponse response, Reply reply)
            throws IOException {
        switch (reply) {
            case Reply.Json json -> json(request, response, json);
            case Reply.Bytes bytes -> {
                String cache =
                        bytes.maxAgeSeconds() == 0
                                ? "no-store"
                                : "private, max-age=" + bytes.maxAgeSeconds();
                bytes.headers().forEach(response::header);
                response.header(HeaderNames.CONTENT_TYPE, bytes.mediaType())
                        .header(HeaderNames.CACHE_CONTROL, cache)
                        .send(bytes.body());
            }
            case Reply.Stream stream -> stream(response, stream);
            case Reply.Resource resource -> FileAnswers.send(request, response, resource);
            case Reply.Live live -> live(response, live);
            case Reply.Redirect redirect -> {
                redirect.cookies().forEach(response.headers()::addCookie);
                redirect(response, redirect.to());
            }
            case Reply.Nothing nothing -> {
                nothing.cookie().ifPresent(response.headers()::addCookie);
                response.status(Status.NO_CONTENT_204).send();
            }
        }
    }

    private static void json(ServerRequest request, ServerResponse response, Reply.Json json) {
        json.cookie().ifPresent(response.headers()::addCookie);
        json.etag().ifPresent(tag -> response.header(HeaderNames.ETAG, tag));
        if (json.status() == 200
                && json.etag().isPresent()
                && Etags.isKnown(request, json.body())) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        json(response.status(Status.create(json.status())), "application/json", json.body());
    }

    /** A failure on the way breaks the transfer off, so that nobody takes a part for the whole. */
    private static void stream(ServerResponse response, Reply.Stream stream) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, stream.mediaType())
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(
                        HeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + stream.fileName() + "\"");
        try (OutputStream out = new BufferedOutputStream(response.outputStream(), 1 << 16)) {
            stream.writer().write(out);
        }
    }

    /** Its end is nothing out of the ordinary: viewers go away, or do not read. */
    private static void live(ServerResponse response, Reply.Live live) {
        try (Reply.Live.Show show = live.show()) {
            response.header(HeaderNames.CONTENT_TYPE, live.contentType())
                    .header(HeaderNames.CACHE_CONTROL, "no-store");
            OutputStream out = response.outputStream();
            show.write(out);
            out.close();
        } catch (IOException | UncheckedIOException | SocketWriterException gone) {
            LOG.debug("a viewer of live pictures is gone", gone);
            throw new CloseConnectionException("the viewer is gone", gone);
        }
    }

    private static Optional<ErrorCode> problem(ServerResponse response, ObjectNode problem) {
        if (response.isSent()) {
            throw new IllegalStateException(problem.path("detail").asText());
        }
        int status = problem.path("status").asInt();
        if (status == 401) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"facet\"");
        }
        if (problem.has("retry_after")) {
            response.header(HeaderNames.RETRY_AFTER, problem.path("retry_after").asText());
        }
        if (status == 413) {
            // The rest of the body is not read.
            response.header(HeaderNames.CONNECTION, "close");
        }
        json(response.status(Status.create(status)), Problem.MEDIA_TYPE, problem);
        return Optional.of(Problem.code(problem));
    }

    private static void json(ServerResponse response, String mediaType, JsonNode body) {
        response.header(HeaderNames.CONTENT_TYPE, mediaType)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .send(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
