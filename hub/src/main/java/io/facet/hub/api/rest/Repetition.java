package io.facet.hub.api.rest;

import io.facet.hub.idempotency.Ask;
import io.facet.hub.idempotency.Idempotency;
import io.facet.hub.idempotency.NothingDone;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    /** A key stands for one request, whatever its address. */
    private static final String OPERATION = "REST";

    /** After so long a request that never ended is taken for one that a crash cut off. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Idempotency idempotency;
    private final long mostBytes;

    /** Takes the most bytes of a picture: a body with one is held in memory. */
    Repetition(Idempotency idempotency, int imageBytes) {
        this.idempotency = idempotency;
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
        Ask ask =
                new Ask(
                        call.principal().id(),
                        OPERATION,
                        key.get(),
                        everything(endpoint, call).getBytes(StandardCharsets.ISO_8859_1));
        First first = new First(endpoint, call);
        try {
            byte[] kept = idempotency.once(ask, LEASE, first);
            return first.reply.orElseGet(() -> KeptReply.of(kept).again(endpoint.spec()));
        } catch (NothingDone refused) {
            throw unwrapped(refused);
        }
    }

    /** The first request with a key; it notes its own reply, which says more than what is kept. */
    private static final class First implements Idempotency.Change {
        private final Endpoint endpoint;
        private final Call call;
        private Optional<Reply> reply = Optional.empty();

        First(Endpoint endpoint, Call call) {
            this.endpoint = endpoint;
            this.call = call;
        }

        @Override
        public byte[] make(UUID reserved, boolean again) {
            try {
                Reply made = endpoint.action().answer(call);
                reply = Optional.of(made);
                return KeptReply.from(made, endpoint.spec()).bytes();
            } catch (ProblemException | IllegalArgumentException | IOException refused) {
                throw new NothingDone(refused);
            }
        }

        /** What was deleted is named by its id alone; whoever erases somebody may ask again. */
        @Override
        public boolean holdsPeople() {
            return !endpoint.method().equals(Method.DELETE);
        }
    }

    private static RuntimeException unwrapped(NothingDone refused) throws IOException {
        if (refused.getCause() instanceof IOException brokenOff) {
            throw brokenOff;
        }
        return refused.getCause() instanceof RuntimeException why ? why : refused;
    }

    /** All that makes a request what it is. */
    private String everything(Endpoint endpoint, Call call) throws IOException {
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
        return line + body;
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
