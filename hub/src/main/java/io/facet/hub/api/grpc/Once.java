package io.facet.hub.api.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.idempotency.Ask;
import io.facet.hub.idempotency.Idempotency;
import io.facet.model.Uuid7;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/** Changes under an idempotency token, or without one. Thread-safe. */
record Once(Idempotency idempotency, Uuid7 ids) {
    private static final int LONGEST = 128;

    /** The change; {@code again} says that an earlier attempt may have made it. */
    @FunctionalInterface
    interface Change<T> {
        T make(UUID reserved, boolean again);
    }

    /**
     * Makes a change at most once per token.
     *
     * @param request without its token
     * @param token empty to make it in any case
     */
    <T extends Message> T run(
            Rpc rpc, Message request, String token, Parser<T> parser, Change<T> change) {
        if (token.isEmpty()) {
            return change.make(ids.next(), false);
        }
        if (token.length() > LONGEST) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "an idempotency_key has 1 to " + LONGEST + " characters");
        }
        Ask ask =
                new Ask(
                        Caller.current().principal().id(),
                        rpc.method(),
                        token,
                        deterministic(request));
        byte[] answer =
                idempotency.once(
                        ask, (reserved, again) -> change.make(reserved, again).toByteArray());
        try {
            return parser.parseFrom(answer);
        } catch (InvalidProtocolBufferException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** Equal requests, equal bytes: maps come in the order of their keys. */
    private static byte[] deterministic(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
