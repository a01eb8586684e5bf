package io.facet.pki;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.tls.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A request for a certificate (PKCS#10): a public key, signed by its private key. What it says of
 * its subject counts for nothing; the hub knows who asks. Stateless.
 */
public final class CertificateRequest {
    private static final int LONGEST = 8 * 1024;
    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([^-]+)-----END (?:NEW"
                            + " )?CERTIFICATE REQUEST-----\\s*");

    private CertificateRequest() {}

    /** A request for this key, as PEM. */
    public static String of(KeyPair pair) {
        try {
            return Pem.block(
                    "CERTIFICATE REQUEST",
                    new JcaPKCS10CertificationRequestBuilder(
                                    new X500Name("CN=facet"), pair.getPublic())
                            .build(
                                    new JcaContentSignerBuilder(Keys.SIGNATURE)
                                            .build(pair.getPrivate()))
                            .getEncoded());
        } catch (OperatorCreationException | IOException impossible) {
            throw new FacetException(
                    ErrorCode.INTERNAL, "no request can be made for this key", impossible);
        }
    }

    /**
     * The key of a request whose sender holds the private key.
     *
     * @throws FacetException {@code INVALID_ARGUMENT}
     */
    public static PublicKey key(String pem) {
        Matcher found = PEM.matcher(pem);
        if (pem.length() > LONGEST || !found.find()) {
            throw invalid("csr is a PEM certificate request (PKCS#10)", null);
        }
        try {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest(
                            Base64.getMimeDecoder().decode(found.group(1)));
            PublicKey key = request.getPublicKey();
            if (!Keys.isStrong(key)) {
                throw invalid("csr must be for an EC key of 256 bits or more", null);
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw invalid("csr is not signed with its own key", null);
            }
            return key;
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException malformed) {
            throw invalid("csr is not a readable certificate request", malformed);
        }
    }

    private static FacetException invalid(
            String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, why, cause);
    }
}
