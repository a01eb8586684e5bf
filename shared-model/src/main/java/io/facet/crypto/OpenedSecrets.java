package io.facet.crypto;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The secrets of the senders heard last, by what they were encapsulated in: opening one costs more
 * than everything else about a message. Bounded; whoever sends many different ones only makes
 * others be opened anew. Thread-safe.
 */
final class OpenedSecrets {
    private final Map<ByteBuffer, SecretKey> secrets;

    OpenedSecrets(int capacity) {
        this.secrets =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, SecretKey> eldest) {
                        return size() > capacity;
                    }
                };
    }

    synchronized Optional<SecretKey> of(byte[] encapsulated) {
        return Optional.ofNullable(secrets.get(ByteBuffer.wrap(encapsulated)));
    }

    synchronized void keep(byte[] encapsulated, SecretKey secret) {
        secrets.put(ByteBuffer.wrap(encapsulated.clone()), secret);
    }
}
