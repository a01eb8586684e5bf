package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A key pair at rest, secret: length of the public half (2 bytes), public half, private half.
 *
 * @param spki X.509 SubjectPublicKeyInfo, DER
 * @param pkcs8 PKCS #8, DER
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record KeyPairBytes(byte[] spki, byte[] pkcs8) {

    /**
     * Takes the halves apart.
     *
     * @param use what the pair is for, in the words of a message
     * @throws FacetException {@code INVALID_CONFIGURATION} when it is no key pair
     */
    static KeyPairBytes parse(byte[] bytes, String use) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            byte[] spki = new byte[in.getShort()];
            in.get(spki);
            byte[] pkcs8 = new byte[in.remaining()];
            in.get(pkcs8);
            return new KeyPairBytes(spki, pkcs8);
        } catch (BufferUnderflowException | NegativeArraySizeException damaged) {
            throw damaged(use, damaged);
        }
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(2 + spki.length + pkcs8.length)
                .putShort((short) spki.length)
                .put(spki)
                .put(pkcs8)
                .array();
    }

    PrivateKey privateKey(String algorithm, String use) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException damaged) {
            throw damaged(use, damaged);
        }
    }

    private static FacetException damaged(String use, Exception cause) {
        return new FacetException(
                ErrorCode.INVALID_CONFIGURATION,
                "the " + use + " key is damaged; restore it from the backup of the data folder",
                cause);
    }
}
