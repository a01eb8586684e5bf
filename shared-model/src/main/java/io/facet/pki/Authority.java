package io.facet.pki;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.tls.Credential;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of one level: certificates of boxes for signing in, and of the hub's
 * listeners. Serial numbers are 128 random bits; a box's certificate has its own in hexadecimal as
 * common name, so that whoever knows certificates by their common name (Mosquitto) tells a renewed
 * one from a revoked one. Thread-safe.
 */
public final class Authority {
    private static final Duration LIFETIME = Duration.ofDays(25 * 365);
    private static final int SERIAL_BYTES = 16;

    private final Credential own;
    private final SecureRandom random;

    /** From its key and certificate. */
    public Authority(Credential own, SecureRandom random) {
        this.own = own;
        this.random = random;
    }

    /** A new one. */
    public static Authority create(String name, Instant now, SecureRandom random) {
        KeyPair pair = Keys.fresh(random);
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        Shape shape =
                (builder, extensions) ->
                        builder.addExtension(
                                        Extension.basicConstraints, true, new BasicConstraints(0))
                                .addExtension(
                                        Extension.keyUsage,
                                        true,
                                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                                .addExtension(
                                        Extension.subjectKeyIdentifier,
                                        false,
                                        extensions.createSubjectKeyIdentifier(pair.getPublic()));
        X509Certificate certificate =
                sign(
                        new JcaX509v3CertificateBuilder(
                                subject,
                                serial(random),
                                Date.from(now.minus(Duration.ofDays(1))),
                                Date.from(now.plus(LIFETIME)),
                                subject,
                                pair.getPublic()),
                        shape,
                        pair.getPrivate());
        return new Authority(new Credential(pair.getPrivate(), List.of(certificate)), random);
    }

    /** Whom its certificates are checked against. */
    public X509Certificate certificate() {
        return own.certificate();
    }

    /** Key and certificate, to be kept secret. */
    public Credential credential() {
        return own;
    }

    /** A certificate by which a box signs in. */
    public X509Certificate forBox(AgentId agent, PublicKey key, Validity validity) {
        BigInteger serial = serial(random);
        X500Name subject =
                new X500NameBuilder()
                        .addRDN(BCStyle.UID, agent.value())
                        .addRDN(BCStyle.CN, text(serial))
                        .build();
        return leaf(subject, serial, key, validity, usable(KeyPurposeId.id_kp_clientAuth));
    }

    /** A certificate for listeners that are reached by these names and addresses. */
    public X509Certificate forListener(List<String> names, PublicKey key, Validity validity) {
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, "Facet hub").build();
        GeneralName[] alternatives =
                names.stream().map(Authority::generalName).toArray(GeneralName[]::new);
        Shape usable = usable(KeyPurposeId.id_kp_serverAuth);
        Shape shape =
                (builder, extensions) ->
                        usable.on(builder, extensions)
                                .addExtension(
                                        Extension.subjectAlternativeName,
                                        false,
                                        new GeneralNames(alternatives));
        return leaf(subject, serial(random), key, validity, shape);
    }

    /** What identifies a certificate of this authority: its serial number in hexadecimal. */
    public static String name(X509Certificate certificate) {
        return text(certificate.getSerialNumber());
    }

    private X509Certificate leaf(
            X500Name subject, BigInteger serial, PublicKey key, Validity validity, Shape purpose) {
        Shape shape =
                (builder, extensions) ->
                        purpose.on(builder, extensions)
                                .addExtension(
                                        Extension.authorityKeyIdentifier,
                                        false,
                                        extensions.createAuthorityKeyIdentifier(certificate()));
        return sign(
                new JcaX509v3CertificateBuilder(
                        certificate(),
                        serial,
                        Date.from(validity.from()),
                        Date.from(validity.until()),
                        subject,
                        key),
                shape,
                own.key());
    }

    /** Adds extensions. */
    @FunctionalInterface
    private interface Shape {
        X509v3CertificateBuilder on(
                X509v3CertificateBuilder builder, JcaX509ExtensionUtils extensions)
                throws CertIOException, GeneralSecurityException;
    }

    private static Shape usable(KeyPurposeId purpose) {
        return (builder, _) ->
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                        .addExtension(
                                Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                        .addExtension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static X509Certificate sign(
            X509v3CertificateBuilder builder, Shape shape, java.security.PrivateKey key) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            shape.on(builder, new JcaX509ExtensionUtils())
                                    .build(new JcaContentSignerBuilder(Keys.SIGNATURE).build(key)));
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new FacetException(
                    ErrorCode.INTERNAL, "the certificate could not be made", failure);
        }
    }

    private static GeneralName generalName(String name) {
        boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    /** Positive, and never with a leading zero byte to lose. */
    private static BigInteger serial(SecureRandom random) {
        byte[] bytes = new byte[SERIAL_BYTES];
        random.nextBytes(bytes);
        bytes[0] = (byte) ((bytes[0] & 0x3f) | 0x40);
        return new BigInteger(1, bytes);
    }

    private static String text(BigInteger serial) {
        return HexFormat.of().formatHex(serial.toByteArray());
    }
}
