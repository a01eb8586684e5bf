package io.facet.hub.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Credentials as text: {@code fk_} or {@code fd_} (of a box) or {@code fs_} (of a session) or
 * {@code fj_} (to join with), eight characters that name it, 256 random bits. Stateless but for the
 * random source; thread-safe.
 */
public final class Secrets {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Longest text looked at; longer ones are no credential of ours. */
    static final int LONGEST = 128;

    private final SecureRandom random;

    public Secrets(SecureRandom random) {
        this.random = random;
    }

    /** A new credential: the name, and the whole. */
    public record Fresh(String prefix, String text) {}

    /** A new one of a kind. */
    public Fresh fresh(String kind) {
        String prefix = kind + "_" + BASE64.encodeToString(bytes(6));
        return new Fresh(prefix, prefix + "_" + BASE64.encodeToString(bytes(32)));
    }

    /** What is kept of a credential. */
    public static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
