package io.facet.hub.testing;

import io.facet.config.Secret;
import io.facet.tls.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for localhost, made by the JDK's keytool. */
public record TestCertificate(Path store, Path certificate, Path key, String commonName) {
    private static final String PASSWORD = "changeit";

    /** Makes one; {@code name} is its common name and the stem of its files. */
    public static TestCertificate make(Path folder, String name, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Path log = folder.resolve(name + ".log");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        name,
                                        "-keyalg",
                                        algorithm,
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        "SAN=dns:localhost,ip:127.0.0.1",
                                        "-ext",
                                        "BC=ca:true",
                                        "-validity",
                                        "30",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (keytool.waitFor() != 0) {
            throw new AssertionError(Files.readString(log));
        }
        return new TestCertificate(
                store,
                pem(folder.resolve(name + ".crt"), "CERTIFICATE", store, name, false),
                pem(folder.resolve(name + ".key"), "PRIVATE KEY", store, name, true),
                name);
    }

    private static Path pem(Path file, String what, Path store, String alias, boolean key)
            throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] der =
                key
                        ? keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()
                        : keys.getCertificate(alias).getEncoded();
        String text =
                "-----BEGIN "
                        + what
                        + "-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(der)
                        + "\n-----END "
                        + what
                        + "-----\n";
        return Files.writeString(file, text);
    }

    /** Shows it, and believes nobody else's. */
    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory shown =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory believed =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        believed.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), believed.getTrustManagers(), null);
        return context;
    }

    /** Options of a JVM that is to believe it in the place of the JDK's authorities. */
    public List<String> believed() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + store,
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    public TlsSettings pem() {
        return new TlsSettings.Pem(certificate, key);
    }

    public TlsSettings pkcs12() {
        return new TlsSettings.Pkcs12(store, new Secret(PASSWORD));
    }

    /** Puts another credential into this one's PEM files. */
    public void replaceWith(TestCertificate other) throws IOException {
        Files.copy(
                other.certificate(),
                certificate,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.copy(other.key(), key, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
