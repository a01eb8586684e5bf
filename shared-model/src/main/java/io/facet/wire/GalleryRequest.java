package io.facet.wire;

import io.facet.model.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an agent asks the gallery for, as it is signed together with the answer: an answer recorded
 * earlier, or for another agent, does not verify.
 *
 * @param since the revision the agent holds; 0 when it holds nothing
 * @param space its embedding space's id
 * @param cursor {@code next_cursor} of the snapshot page before
 * @param nonce chosen anew by the agent for each call; empty from agents that check no signature
 */
public record GalleryRequest(
        AgentId agent, long since, String space, Optional<String> cursor, String nonce) {
    /** Header of the answer: the key's id, a space, the signature in base64. */
    public static final String SIGNATURE_HEADER = "Facet-Signature";

    private static final int MAX_NONCE = 64;

    public GalleryRequest {
        if (nonce.length() > MAX_NONCE) {
            throw new IllegalArgumentException("a nonce has at most " + MAX_NONCE + " characters");
        }
    }

    /** What is signed in front of the answer's body; no part can hold a line feed. */
    public byte[] signed() {
        return String.join(
                        "\n",
                        "facet/v1/gallery",
                        line(agent.value()),
                        Long.toString(since),
                        line(space),
                        line(cursor.orElse("")),
                        line(nonce),
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line feed in a gallery request");
        }
        return text;
    }
}
