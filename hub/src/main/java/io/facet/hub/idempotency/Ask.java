package io.facet.hub.idempotency;

/**
 * A change somebody wants to happen once.
 *
 * @param caller whose token it is; equal tokens of different callers have nothing to do with each
 *     other
 * @param operation the call: {@code RegisterFace}
 * @param token chosen by the caller, 1 to 200 characters
 * @param request everything that was asked for, in a form that is equal when it is the same
 */
@SuppressWarnings("ArrayRecordComponent") // a request on its way in, never compared
public record Ask(String caller, String operation, String token, byte[] request) {
    public Ask {
        if (token.isBlank() || token.length() > 200) {
            throw new IllegalArgumentException("an idempotency_key has 1 to 200 characters");
        }
    }
}
