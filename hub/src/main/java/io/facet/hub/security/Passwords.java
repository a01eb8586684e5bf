package io.facet.hub.security;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;

/**
 * Argon2id with the parameters OWASP names first (19 MiB, two passes, one lane), a random salt of
 * 16 bytes, kept in the usual text form, so that the parameters can grow. At most two are computed
 * at a time: each takes memory and a core. Thread-safe.
 */
public final class Passwords {
    /** Fewest characters of a password. */
    public static final int SHORTEST = 12;

    private static final int LONGEST = 200;
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final Semaphore room = new Semaphore(2);
    private final String nobodys;

    /** Hashes once, so that unknown users cost what known ones do. */
    public Passwords() {
        this.nobodys = hash(new Secret("nobody has this password"));
    }

    /**
     * Checks that a new password is worth having.
     *
     * @throws FacetException {@code INVALID_ARGUMENT}
     */
    static void check(Secret password, String username) {
        String text = password.reveal();
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (text.equalsIgnoreCase(username) || text.chars().distinct().count() < 5) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "this password is too easy to guess");
        }
    }

    /** A password nobody has chosen: 120 random bits. */
    public static Secret random(SecureRandom random) {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Hashes for storage. */
    public String hash(Secret password) {
        room.acquireUninterruptibly();
        try {
            return Password.hash(password.reveal())
                    .addRandomSalt(SALT_BYTES)
                    .with(Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, BYTES, Argon2.ID))
                    .getResult();
        } finally {
            room.release();
        }
    }

    /** Whether this is the password of that hash. */
    boolean matches(Secret password, String hash) {
        if (password.reveal().length() > LONGEST) {
            return false;
        }
        room.acquireUninterruptibly();
        try {
            return Password.check(password.reveal(), hash)
                    .with(Argon2Function.getInstanceFromHash(hash));
        } finally {
            room.release();
        }
    }

    /** Takes as long as a check, and fails. */
    boolean matchesNobody(Secret password) {
        boolean never = matches(password, nobodys);
        return never && password.isEmpty();
    }
}
