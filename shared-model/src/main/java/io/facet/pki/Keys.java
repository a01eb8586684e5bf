package io.facet.pki;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/** Key pairs on P-256, which every TLS library speaks. Stateless. */
public final class Keys {
    static final String SIGNATURE = "SHA256withECDSA";
    private static final int BITS = 256;

    private Keys() {}

    /** A new pair. */
    public static KeyPair fresh(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }

    static boolean isStrong(java.security.PublicKey key) {
        return key instanceof ECPublicKey ec && ec.getParams().getOrder().bitLength() >= BITS;
    }
}
