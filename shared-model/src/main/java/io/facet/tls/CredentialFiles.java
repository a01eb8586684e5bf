package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a credential and proves that its halves belong together. */
final class CredentialFiles {
    private CredentialFiles() {}

    /**
     * Reads what is there now.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION}
     */
    static Credential read(TlsSettings settings) {
        try {
            Credential credential =
                    switch (settings) {
                        case TlsSettings.Pem pem ->
                                new Credential(
                                        PemFiles.privateKey(pem.key()),
                                        PemFiles.certificates(pem.certificate()));
                        case TlsSettings.Pkcs12 store -> fromStore(store);
                    };
            if (!belongTogether(credential)) {
                throw unusable(settings, "the key is not that of the certificate", null);
            }
            return credential;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
            throw unusable(settings, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static Credential fromStore(TlsSettings.Pkcs12 settings)
            throws IOException, GeneralSecurityException {
        char[] password = settings.password().reveal().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(settings.store())) {
            store.load(in, password);
        }
        List<Credential> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
            if (key instanceof PrivateKey privateKey) {
                found.add(
                        new Credential(
                                privateKey,
                                Arrays.stream(store.getCertificateChain(alias))
                                        .map(X509Certificate.class::cast)
                                        .toList()));
            }
        }
        if (found.size() != 1) {
            throw new GeneralSecurityException(
                    "the store holds " + found.size() + " private keys instead of one");
        }
        return found.getFirst();
    }

    /** Signs and checks something. */
    private static boolean belongTogether(Credential credential) throws GeneralSecurityException {
        PublicKey open = credential.certificate().getPublicKey();
        String algorithm =
                switch (open.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> open.getAlgorithm();
                };
        if (!credential.key().getAlgorithm().equals(open.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(credential.key());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update((byte) 1);
        return signature.verify(signed);
    }

    private static FacetException unusable(
            TlsSettings settings, String why, @Nullable Throwable cause) {
        String files = String.join(" and ", settings.files().stream().map(Path::toString).toList());
        return new FacetException(
                ErrorCode.INVALID_CONFIGURATION,
                "no TLS credential can be read from " + files + ": " + why,
                cause);
    }
}
