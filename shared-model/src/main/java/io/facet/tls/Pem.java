package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Certificates and keys as text (RFC 7468). Stateless. */
public final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519", "Ed448");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** One after the other. */
    public static String of(Collection<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        certificates.forEach(certificate -> text.append(block("CERTIFICATE", der(certificate))));
        return text.toString();
    }

    /** PKCS#8, not encrypted. */
    public static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /** A labelled block. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + LINES.encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    /**
     * Reads what {@link #of(Collection)} wrote.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when there is no certificate
     */
    public static List<X509Certificate> certificates(String text) {
        try {
            // The factory stops at whatever is no certificate, such as the key before them.
            String only =
                    CERTIFICATE
                            .matcher(text)
                            .results()
                            .map(MatchResult::group)
                            .collect(Collectors.joining("\n"));
            List<X509Certificate> read =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(
                                            only.getBytes(StandardCharsets.US_ASCII)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (read.isEmpty()) {
                throw new FacetException(ErrorCode.INVALID_ARGUMENT, "there is no certificate");
            }
            return read;
        } catch (CertificateException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "that is no PEM certificate", malformed);
        }
    }

    /** The whole certificate as X.509 has it. */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new FacetException(
                    ErrorCode.INTERNAL, "a certificate cannot be written", impossible);
        }
    }

    /** The key, then the certificates. */
    public static String of(Credential credential) {
        return of(credential.key()) + of(credential.chain());
    }

    /**
     * Reads what {@link #of(Credential)} wrote.
     *
     * @throws FacetException {@code INVALID_ARGUMENT}
     */
    public static Credential credential(String text) {
        return new Credential(privateKey(text), certificates(text));
    }

    /**
     * The first key in a text.
     *
     * @throws FacetException {@code INVALID_ARGUMENT}
     */
    public static PrivateKey privateKey(String text) {
        try {
            return key(text);
        } catch (GeneralSecurityException malformed) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "that is no PEM key", malformed);
        }
    }

    /** A PKCS#8 key that is not encrypted. */
    static PrivateKey key(String text) throws GeneralSecurityException {
        Matcher pem = KEY.matcher(text);
        if (!pem.find()) {
            throw new InvalidKeySpecException("it holds no plain PKCS#8 key (BEGIN PRIVATE KEY)");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException otherAlgorithm) {
                // The next one may be it.
            }
        }
        throw new InvalidKeySpecException(
                "it holds a key of none of " + String.join(", ", ALGORITHMS));
    }
}
