package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows of itself, and whom it trusts: one credential, to be replaced while
 * connections are made. A handshake that began with one credential ends with it. Thread-safe.
 */
public final class ClientIdentity {
    private final AtomicReference<Turn> turn;
    private final SSLContext context;

    private record Turn(int number, Credential credential, @Nullable Turn before) {
        String alias() {
            return Integer.toString(number);
        }

        @Nullable Credential named(String alias) {
            if (alias().equals(alias)) {
                return credential;
            }
            return before == null ? null : before.named(alias);
        }
    }

    /**
     * Shows this credential to whoever asks.
     *
     * @param authorities the only ones trusted, also by a clock that is late
     */
    public ClientIdentity(Credential credential, Collection<X509Certificate> authorities) {
        this.turn = new AtomicReference<>(new Turn(0, credential, null));
        try {
            context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new Shown()},
                    new TrustManager[] {Trust.in(authorities, InstantSource.system())},
                    new SecureRandom());
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }

    /** For clients: always the newest credential. */
    public SSLContext context() {
        return context;
    }

    /** What is shown now. */
    public Credential credential() {
        return now().credential();
    }

    /** Shows another credential from the next connection on. */
    public void replace(Credential credential) {
        turn.updateAndGet(old ->
                new Turn(
                        old.number() + 1,
                        credential,
                        new Turn(old.number(), old.credential(), null)));
        // A resumed session would go on with the old one.
        SSLSessionContext sessions = context.getClientSessionContext();
        Collections.list(sessions.getIds()).stream()
                .map(sessions::getSession)
                .flatMap(Stream::ofNullable)
                .forEach(SSLSession::invalidate);
    }

    private Turn now() {
        return java.util.Objects.requireNonNull(turn.get());
    }

    private final class Shown extends X509ExtendedKeyManager {
        @Override
        public String chooseClientAlias(
                String @Nullable [] keyType,
                Principal @Nullable [] issuers,
                @Nullable Socket socket) {
            return now().alias();
        }

        @Override
        public String chooseEngineClientAlias(
                String @Nullable [] keyType,
                Principal @Nullable [] issuers,
                @Nullable SSLEngine engine) {
            return now().alias();
        }

        @Override
        public String @Nullable [] getClientAliases(
                String keyType, Principal @Nullable [] issuers) {
            return new String[] {now().alias()};
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            Credential credential = now().named(alias);
            return credential == null ? null : credential.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            Credential credential = now().named(alias);
            return credential == null ? null : credential.key();
        }

        @Override
        public String @Nullable [] getServerAliases(
                String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
