package io.facet.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.List;

/** Certificates and keys as text (RFC 7468). */
final class PemFiles {
    private PemFiles() {}

    static List<X509Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        try {
            return Pem.key(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (InvalidKeySpecException wrong) {
            throw new InvalidKeySpecException(
                    file
                            + ": "
                            + wrong.getMessage()
                            + "; openssl pkcs8 -topk8 -nocrypt makes one of other forms",
                    wrong);
        }
    }
}
