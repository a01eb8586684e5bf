package io.facet.hub.store.postgres;

import io.facet.crypto.AtRest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.wire.GalleryTerms;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of everything at rest. The master key only wraps keys: each person's data key, and the
 * root keys, which encrypt what belongs to no person and make digests that find encrypted values.
 *
 * <p>The context of a ciphertext is its table, column and row. Thread-safe.
 */
public final class Vault {
    private final SecureRandom random = new SecureRandom();
    private volatile Wrapping wrapping;
    private final RootKeys roots;
    private final AtRest common;
    private final byte[] digestKey;

    /**
     * Opens the root keys of a database, made when they are missing.
     *
     * @param masters the newest first; a second one while a rotation is not finished
     * @throws FacetException {@code INVALID_CONFIGURATION} when these are not its master keys
     */
    public Vault(Database database, List<byte[]> masters) {
        this.wrapping = new Wrapping(masters, random);
        this.roots = RootKeys.open(database, wrapping, masters.getLast(), random);
        this.common = new AtRest(roots.key("common"), random);
        this.digestKey = roots.key("digests");
    }

    /** A key for a purpose outside the database; secret. */
    public byte[] rootKey(String purpose) {
        return roots.key(purpose);
    }

    /** From now on keys are wrapped by the first of these. */
    void useMasters(List<byte[]> masters) {
        wrapping = new Wrapping(masters, random);
    }

    Wrapping wrapping() {
        return wrapping;
    }

    /** A new person's data key, in plain; to be stored wrapped. */
    byte[] newPersonKey() {
        return AtRest.newKey(random);
    }

    /** A new person's data key under the newest master key. */
    byte[] wrapped(UUID person, byte[] plain) {
        return wrapping.wrap(plain, personContext(person));
    }

    /** Opens with a new person's data key. */
    PersonKey newPerson(byte[] plain) {
        return new PersonKey(new AtRest(plain, random));
    }

    /** Opens a person's data key. */
    PersonKey personKey(UUID person, byte[] wrapped) {
        return new PersonKey(new AtRest(wrapping.unwrap(wrapped, personContext(person)), random));
    }

    /** The same data key under the newest master key. */
    byte[] rewrapped(UUID person, byte[] wrapped) {
        byte[] context = personContext(person);
        return wrapping.wrap(wrapping.unwrap(wrapped, context), context);
    }

    private static byte[] personContext(UUID person) {
        return context("people.wrapped_key", person);
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

    /** What a face counts for in the gallery's digest. */
    byte[] galleryTerm(FaceId face, PersonId person, byte[] template) {
        return new GalleryTerms(roots.key("gallery"))
                .of(face, AtRest.bytes(person.value()), template);
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
