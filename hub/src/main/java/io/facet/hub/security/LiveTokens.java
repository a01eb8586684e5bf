package io.facet.hub.security;

import io.facet.config.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived tokens for live connections: {@code ft_} and, in Base64, what the token was made from
 * (a key's prefix or a session's hash), when it ends and eight random bytes, under HMAC-SHA256.
 * Nothing is stored: every hub with the same key takes them, and each use asks the store whether
 * what it was made from is still in force. Thread-safe.
 */
public final class LiveTokens {
    private static final String KIND = "ft_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int NONCE_BYTES = 8;
    private static final int HEAD_BYTES = 1 + Long.BYTES + NONCE_BYTES;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final SecureRandom random;

    /**
     * Tokens under a key.
     *
     * @param key 32 bytes, the same at every hub
     */
    public LiveTokens(byte[] key, Duration lifetime, SecureRandom random) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.lifetime = lifetime;
        this.random = random;
    }

    /** What a token was made from. */
    sealed interface Source {
        /** An API key. */
        record Key(String prefix) implements Source {}

        /** A session of the page, by its hash in hexadecimal. */
        record Session(String hash) implements Source {}
    }

    /** A token that ends a lifetime from now, by the second. */
    Authenticator.LiveToken issue(Source source, Instant now) {
        Instant end = Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond());
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte kind = (byte) (source instanceof Source.Key ? 'k' : 's');
        byte[] name =
                switch (source) {
                    case Source.Key(String prefix) -> prefix.getBytes(StandardCharsets.UTF_8);
                    case Source.Session(String hash) -> HexFormat.of().parseHex(hash);
                };
        byte[] body =
                ByteBuffer.allocate(HEAD_BYTES + name.length)
                        .put(kind)
                        .putLong(end.getEpochSecond())
                        .put(nonce)
                        .put(name)
                        .array();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body);
        whole.writeBytes(mac(body));
        return new Authenticator.LiveToken(
                new Secret(KIND + ENCODER.encodeToString(whole.toByteArray())), end);
    }

    /** What a token was made from; empty for one that is over, altered, or none of ours. */
    Optional<Source> open(String token, Instant now) {
        if (!token.startsWith(KIND)) {
            return Optional.empty();
        }
        byte[] whole = decode(token.substring(KIND.length()));
        if (whole.length <= HEAD_BYTES + MAC_BYTES) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(whole, whole.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(whole, body.length, whole.length);
        return MessageDigest.isEqual(mac, mac(body)) ? read(body, now) : Optional.empty();
    }

    private static Optional<Source> read(byte[] body, Instant now) {
        ByteBuffer in = ByteBuffer.wrap(body);
        byte kind = in.get();
        Instant end = Instant.ofEpochSecond(in.getLong());
        byte[] name = Arrays.copyOfRange(body, HEAD_BYTES, body.length);
        if (!now.isBefore(end)) {
            return Optional.empty();
        }
        return Optional.of(
                kind == 'k'
                        ? new Source.Key(new String(name, StandardCharsets.UTF_8))
                        : new Source.Session(HexFormat.of().formatHex(name)));
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
