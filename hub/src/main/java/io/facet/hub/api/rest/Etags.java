package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** Entity tags (RFC 9110): a digest of the whole representation, so that any change shows. */
final class Etags {
    private Etags() {}

    static String of(JsonNode representation) {
        byte[] digest = sha256(representation.toString().getBytes(StandardCharsets.UTF_8));
        return '"'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 16))
                + '"';
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether a change was asked for under a condition. */
    static boolean isConditional(ServerRequest request) {
        return request.headers().contains(HeaderNames.IF_MATCH);
    }

    /**
     * Goes on only when the client has seen the present state, or said nothing of it.
     *
     * @throws FacetException {@code PRECONDITION_FAILED}
     */
    static void check(ServerRequest request, JsonNode present) {
        if (isConditional(request) && !listed(request, HeaderNames.IF_MATCH, of(present))) {
            throw new FacetException(
                    ErrorCode.PRECONDITION_FAILED,
                    "it was changed meanwhile; read it again and repeat the change with its ETag");
        }
    }

    /** Whether the client has this very representation already. */
    static boolean isKnown(ServerRequest request, JsonNode representation) {
        return request.headers().contains(HeaderNames.IF_NONE_MATCH)
                && listed(request, HeaderNames.IF_NONE_MATCH, of(representation));
    }

    private static boolean listed(ServerRequest request, HeaderName header, String tag) {
        return request.headers()
                .first(header)
                .filter(value ->
                        Arrays.stream(value.split(",", -1))
                                .map(String::strip)
                                .anyMatch(entry -> entry.equals("*") || entry.equals(tag)))
                .isPresent();
    }
}
