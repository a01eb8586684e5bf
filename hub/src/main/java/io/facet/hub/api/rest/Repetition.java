package io.facet.hub.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.replay.ReplayStore;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Runs a write once, however often it is sent with the same Idempotency-Key: a repetition gets the
 * first success again for a day. What failed is not kept and may be tried again. Thread-safe.
 */
final class Repetition {
    static final HeaderName KEY = HeaderNames.create("Idempotency-Key");

    private static final Set<Method> WRITES =
            Set.of(Method.POST, Method.PUT, Method.PATCH, Method.DELETE);
    private static final Pattern FORM = Pattern.compile("[!-~]{1,200}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ReplayStore store;
    private final InstantSource clock;
    private final long mostBytes;

    /** Takes the most bytes of a picture: a body with one is held in memory. */
    Repetition(ReplayStore store, InstantSource clock, int imageBytes) {
        this.store = store;
        this.clock = clock;
        this.mostBytes = imageBytes / 3L * 4 + 256 * 1024;
    }

    Reply answer(Endpoint endpoint, Call call) throws IOException {
        Optional<String> key = call.request().headers().first(KEY);
        boolean open = endpoint.access() instanceof Access.Open;
        if (key.isEmpty() || open || !WRITES.contains(endpoint.method())) {
            return endpoint.action().answer(call);
        }
        if (!FORM.matcher(key.get()).matches()) {
            throw JsonFields.invalid("an Idempotency-Key has 1 to 200 visible characters");
        }
        ReplayStore.Key name = new ReplayStore.Key(call.principal().id(), key.get());
        byte[] fingerprint = fingerprint(endpoint, call);
        return switch (store.claim(name, fingerprint, clock.instant())) {
            case ReplayStore.Claim.Fresh _ -> first(endpoint, call, name);
            case ReplayStore.Claim.Done done -> again(endpoint, done.answer());
            case ReplayStore.Claim.Running _ ->
                    throw new FacetException(
                            ErrorCode.CONFLICT,
                            "the first request with this Idempotency-Key still runs; wait and"
                                    + " repeat it");
            case ReplayStore.Claim.Other _ ->
                    throw new FacetException(
                            ErrorCode.IDEMPOTENCY_KEY_REUSED,
                            "this Idempotency-Key came before with another request; take a new"
                                    + " one for each");
        };
    }

    private Reply first(Endpoint endpoint, Call call, ReplayStore.Key name) throws IOException {
        boolean kept = false;
        try {
            Reply reply = endpoint.action().answer(call);
            Optional<ReplayStore.Answer> answer = kept(endpoint, reply);
            if (answer.isPresent()) {
                store.finish(name, answer.get());
                kept = true;
            }
            return reply;
        } finally {
            if (!kept) {
                store.release(name);
            }
        }
    }

    private static Optional<ReplayStore.Answer> kept(Endpoint endpoint, Reply reply) {
        return switch (reply) {
            case Reply.Json json when json.status() < 300 ->
                    Optional.of(
                            new ReplayStore.Answer(
                                    json.status(),
                                    endpoint.spec().has(Spec.Rule.SECRET)
                                            ? Optional.empty()
                                            : Optional.of(json.body().toString())));
            case Reply.Nothing _ -> Optional.of(new ReplayStore.Answer(204, Optional.empty()));
            case Reply.Json _, Reply.Bytes _, Reply.Stream _ -> Optional.empty();
        };
    }

    private static Reply again(Endpoint endpoint, ReplayStore.Answer answer) {
        if (answer.status() == 204) {
            return Reply.nothing();
        }
        JsonNode body =
                answer.body()
                        .map(Repetition::parsed)
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.CONFLICT,
                                        "this was done at the first request; its answer held a"
                                                + " secret and is not kept"));
        Optional<String> etag =
                endpoint.spec().has(Spec.Rule.TAGGED)
                        ? Optional.of(Etags.of(body))
                        : Optional.empty();
        return new Reply.Json(answer.status(), body, Optional.empty(), etag);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of everything that makes a request what it is. */
    private byte[] fingerprint(Endpoint endpoint, Call call) throws IOException {
        ServerRequest request = call.request();
        String line =
                request.prologue().method().text()
                        + " "
                        + request.path().path()
                        + "?"
                        + request.query().rawValue()
                        + "\n";
        String body =
                endpoint.spec().has(Spec.Rule.STREAMED)
                        ? "" + request.headers().contentLength().orElse(-1)
                        : withoutBoundary(
                                request,
                                new String(call.hold(mostBytes), StandardCharsets.ISO_8859_1));
        return Etags.sha256((line + body).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A client that sends a form again chooses another boundary. */
    private static String withoutBoundary(ServerRequest request, String body) {
        return request.headers()
                .contentType()
                .map(HttpMediaType::parameters)
                .map(parameters -> parameters.get("boundary"))
                .filter(boundary -> !boundary.isEmpty())
                .map(boundary -> body.replace(boundary, "-"))
                .orElse(body);
    }
}
