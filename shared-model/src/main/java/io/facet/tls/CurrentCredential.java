package io.facet.tls;

import io.facet.error.FacetException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest credential in the files, looked for at most once a second, when somebody connects. The
 * alias names the credential's turn, so that key and certificate of one handshake are of one
 * credential. Thread-safe.
 */
final class CurrentCredential extends X509ExtendedKeyManager {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentCredential.class);
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final TlsSettings settings;
    private final LongSupplier nanos;

    private volatile Turn turn;
    private volatile @Nullable Turn before;
    private volatile long lookedAt;

    private record Turn(String alias, Credential credential, List<Object> seen) {}

    CurrentCredential(TlsSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        this.turn = new Turn("0", CredentialFiles.read(settings), stamps());
        this.lookedAt = nanos.getAsLong();
    }

    Credential get() {
        refresh();
        return turn.credential();
    }

    private void refresh() {
        if (nanos.getAsLong() - lookedAt >= LOOK_EVERY) {
            look();
        }
    }

    private synchronized void look() {
        lookedAt = nanos.getAsLong();
        Turn old = turn;
        List<Object> seen = stamps();
        if (seen.equals(old.seen())) {
            return;
        }
        try {
            Credential fresh = CredentialFiles.read(settings);
            String alias = String.valueOf(Long.parseLong(old.alias()) + 1);
            before = old;
            turn = new Turn(alias, fresh, seen);
            LOG.info(
                    "TLS now uses the certificate {} valid until {}",
                    fresh.certificate().getSubjectX500Principal(),
                    fresh.certificate().getNotAfter().toInstant());
        } catch (FacetException bad) {
            // Said once per change; half-written pairs mend themselves at the next look.
            turn = new Turn(old.alias(), old.credential(), seen);
            LOG.error("the TLS files changed, but the old certificate stays: {}", bad.reason());
        }
    }

    /** What a change of the files changes. */
    private List<Object> stamps() {
        List<Object> stamps = new ArrayList<>();
        for (Path file : settings.files()) {
            try {
                stamps.add(Files.getLastModifiedTime(file));
                stamps.add(Files.size(file));
                stamps.add(String.valueOf(Files.getAttribute(file, "unix:ino")));
            } catch (IOException away) {
                stamps.add("away");
            }
        }
        return List.copyOf(stamps);
    }

    private @Nullable Credential named(String alias) {
        Turn now = turn;
        if (now.alias().equals(alias)) {
            return now.credential();
        }
        Turn last = before;
        return last != null && last.alias().equals(alias) ? last.credential() : null;
    }

    private @Nullable String aliasFor(String keyType) {
        refresh();
        Turn now = turn;
        String algorithm = now.credential().key().getAlgorithm();
        boolean fits =
                keyType.equals(algorithm)
                        || (keyType.startsWith("EdDSA") && algorithm.startsWith("Ed"))
                        || (keyType.startsWith("EC") && algorithm.equals("EC"))
                        || (keyType.startsWith("RSA") && algorithm.equals("RSA"));
        return fits ? now.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return aliasFor(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return aliasFor(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Credential credential = named(alias);
        return credential == null ? null : credential.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Credential credential = named(alias);
        return credential == null ? null : credential.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = aliasFor(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
