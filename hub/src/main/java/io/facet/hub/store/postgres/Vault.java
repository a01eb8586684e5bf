package io.facet.hub.store.postgres;

import io.facet.crypto.AtRest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of everything at rest, all from one master key: a key that wraps each person's data key,
 * a key for what belongs to no person, and a key for digests that find encrypted values.
 *
 * <p>The context of a ciphertext is its table, column and row. Thread-safe.
 */
public final class Vault {
    private final SecureRandom random = new SecureRandom();
    private final AtRest wrapping;
    private final AtRest common;
    private final byte[] digestKey;

    /** Takes the 32 bytes of the master key. */
    public Vault(byte[] master) {
        this.wrapping = new AtRest(AtRest.derive(master, "facet/hub/person-keys"), random);
        this.common = new AtRest(AtRest.derive(master, "facet/hub/common"), random);
        this.digestKey = AtRest.derive(master, "facet/hub/digests");
    }

    /** A new person's data key, wrapped for storage. */
    byte[] newPersonKey(UUID person) {
        return wrapping.seal(AtRest.newKey(random), context("people.wrapped_key", person));
    }

    /** Opens a person's data key. */
    PersonKey personKey(UUID person, byte[] wrapped) {
        byte[] key = wrapping.open(wrapped, context("people.wrapped_key", person));
        return new PersonKey(new AtRest(key, random));
    }

    /** Encrypts what belongs to no person. */
    byte[] seal(String column, UUID row, byte[] plain) {
        return common.seal(plain, context(column, row));
    }

    byte[] open(String column, UUID row, byte[] sealed) {
        return common.open(sealed, context(column, row));
    }

    /** A keyed digest (HMAC-SHA256): equal texts, equal digests, and nothing else to learn. */
    byte[] digest(String column, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(digestKey, "HmacSHA256"));
            mac.update(column.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks HmacSHA256", impossible);
        }
    }

    private static byte[] context(String column, UUID row) {
        return (column + "/" + row).getBytes(StandardCharsets.UTF_8);
    }

    /** One person's data key, open. */
    record PersonKey(AtRest key) {
        byte[] seal(String column, UUID row, byte[] plain) {
            return key.seal(plain, context(column, row));
        }

        byte[] open(String column, UUID row, byte[] sealed) {
            return key.open(sealed, context(column, row));
        }
    }
}
