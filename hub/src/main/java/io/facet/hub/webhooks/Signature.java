package io.facet.hub.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is sent: {@code t=SECONDS,v1=HEX}, HMAC-SHA256 over the time, a dot and the body.
 * Stateless.
 */
public final class Signature {
    /** The header that carries it. */
    public static final String HEADER = "Facet-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The header's value. */
    public static String of(byte[] secret, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            return "t="
                    + at.getEpochSecond()
                    + ",v1="
                    + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK lacks " + ALGORITHM, impossible);
        }
    }
}
