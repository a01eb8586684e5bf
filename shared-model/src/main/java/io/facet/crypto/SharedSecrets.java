package io.facet.crypto;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import javax.crypto.KEM;
import org.jspecify.annotations.Nullable;

/**
 * Secrets shared with the holder of a key, each for up to so many messages and so long. Whoever
 * reads this process's memory can open the messages of the present one. Thread-safe.
 */
final class SharedSecrets {
    private final KEM.Encapsulator encapsulator;
    private final int messages;
    private final long lifeNanos;
    private KEM.@Nullable Encapsulated present;
    private long since;
    private int used;

    SharedSecrets(PublicKey key, int messages, Duration life) throws GeneralSecurityException {
        this.encapsulator = KEM.getInstance("DHKEM").newEncapsulator(key);
        this.messages = messages;
        this.lifeNanos = life.toNanos();
    }

    /** The secret for the next message. */
    synchronized KEM.Encapsulated next() {
        long now = System.nanoTime();
        KEM.Encapsulated secret = present;
        if (secret == null || used >= messages || now - since >= lifeNanos) {
            secret = encapsulator.encapsulate();
            present = secret;
            since = now;
            used = 0;
        }
        used++;
        return secret;
    }
}
