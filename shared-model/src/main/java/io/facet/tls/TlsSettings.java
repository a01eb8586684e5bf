package io.facet.tls;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a listener's certificate and private key are. */
public sealed interface TlsSettings {
    /** Protocols spoken; older ones are broken. */
    List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * PEM files.
     *
     * @param certificate the certificate and then those above it
     * @param key PKCS#8, not encrypted
     */
    record Pem(Path certificate, Path key) implements TlsSettings {
        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }
    }

    /** A PKCS#12 store with one private key. */
    record Pkcs12(Path store, Secret password) implements TlsSettings {
        @Override
        public List<Path> files() {
            return List.of(store);
        }
    }

    /** The files it is read from. */
    List<Path> files();

    /**
     * What is configured for the hub's listeners; empty for none.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} when half of it is missing
     */
    static Optional<TlsSettings> of(FacetConfig.Hub hub) {
        boolean certificate = !hub.tlsCertificate().isEmpty();
        boolean key = !hub.tlsKey().isEmpty();
        boolean store = !hub.tlsKeystore().isEmpty();
        if (store && (certificate || key)) {
            throw wrong("set either hub.tls_keystore or hub.tls_certificate and hub.tls_key");
        }
        if (certificate != key) {
            throw wrong("hub.tls_certificate and hub.tls_key belong together; set both");
        }
        if (store) {
            return Optional.of(new Pkcs12(Path.of(hub.tlsKeystore()), hub.tlsKeystorePassword()));
        }
        return certificate
                ? Optional.of(new Pem(Path.of(hub.tlsCertificate()), Path.of(hub.tlsKey())))
                : Optional.empty();
    }

    private static FacetException wrong(String what) {
        return new FacetException(ErrorCode.INVALID_CONFIGURATION, what);
    }
}
