package io.facet.edge.uplink;

import io.facet.crypto.KeyFile;
import io.facet.crypto.Sealing;
import io.facet.error.FacetException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's public key that personal data is sealed to, remembered over restarts. It comes from the
 * broker, whose word for the hub a box takes. Thread-safe.
 */
public final class HubKey {
    private static final Logger LOG = LoggerFactory.getLogger(HubKey.class);

    private final Path file;
    private final AtomicReference<Optional<Sealing>> current;

    /** Reads the key of an earlier run, if there is one. */
    public HubKey(Path file) {
        this.file = file;
        this.current = new AtomicReference<>(KeyFile.read(file).flatMap(HubKey::parse));
    }

    /** The key; empty until the hub has been heard for the first time. */
    public Optional<Sealing> current() {
        return current.get();
    }

    /**
     * Takes over the key the hub announces.
     *
     * @param spki X.509 SubjectPublicKeyInfo, DER, X25519
     * @param salted whether that hub opens what {@link Sealing#salted} seals
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no such key
     */
    public void accept(byte[] spki, boolean salted) {
        Sealing announced = salted ? Sealing.salted(spki) : Sealing.to(spki);
        Optional<Sealing> before = current.getAndSet(Optional.of(announced));
        if (before.map(Sealing::keyId).equals(Optional.of(announced.keyId()))) {
            return;
        }
        LOG.info("personal data is sealed to the hub's key {}", announced.keyId());
        KeyFile.write(file, spki);
    }

    private static Optional<Sealing> parse(byte[] spki) {
        try {
            return Optional.of(Sealing.to(spki));
        } catch (FacetException damaged) {
            LOG.warn("the remembered hub key is damaged and is asked for again");
            return Optional.empty();
        }
    }
}
