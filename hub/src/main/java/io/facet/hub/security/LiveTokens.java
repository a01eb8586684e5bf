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
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short-lived tokens for live connections: {@code ft_} and, in Base64, what the token was made from
 * (a key's prefix, a session's hash, a sign-in's id), when it ends and eight random bytes, under
 * HMAC-SHA256. Nothing is stored: every hub with the same key takes them, and each use asks the
 * store whether what it was made from is still in force. Thread-safe.
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

        /** A session of the page opened with a key, by its hash in hexadecimal. */
        record Session(String hash) implements Source {}

        /** A session of the page opened by a user, likewise. */
        record UserSession(String hash) implements Source {}

        /** A user's sign-in that gave tokens. */
        record SignIn(UUID family) implements Source {}
    }

    /** A token that ends a lifetime from now, by the second. */
    Authenticator.LiveToken issue(Source source, Instant now) {
        Instant end = Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond());
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] name = name(source);
        byte[] body =
                ByteBuffer.allocate(HEAD_BYTES + name.length)
                        .put((byte) kind(source))
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

    private static char kind(Source source) {
        return switch (source) {
            case Source.Key _ -> 'k';
            case Source.Session _ -> 's';
            case Source.UserSession _ -> 'u';
            case Source.SignIn _ -> 'i';
        };
    }

    private static byte[] name(Source source) {
        return switch (source) {
            case Source.Key(String prefix) -> prefix.getBytes(StandardCharsets.UTF_8);
            case Source.Session(String hash) -> HexFormat.of().parseHex(hash);
            case Source.UserSession(String hash) -> HexFormat.of().parseHex(hash);
            case Source.SignIn(UUID family) -> family.toString().getBytes(StandardCharsets.UTF_8);
        };
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
        return now.isBefore(end) ? Optional.of(source((char) kind, name)) : Optional.empty();
    }

    /** Of a body that this hub has signed. */
    private static Source source(char kind, byte[] name) {
        return switch (kind) {
            case 'k' -> new Source.Key(new String(name, StandardCharsets.UTF_8));
            case 's' -> new Source.Session(HexFormat.of().formatHex(name));
            case 'u' -> new Source.UserSession(HexFormat.of().formatHex(name));
            case 'i' ->
                    new Source.SignIn(UUID.fromString(new String(name, StandardCharsets.UTF_8)));
            default -> throw new IllegalStateException("a token of an unknown kind was signed");
        };
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
