package io.facet.hub.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.error.FacetException;
import io.facet.hub.testing.TestCertificate;
import io.facet.tls.ServerTls;
import io.facet.tls.TlsSettings;
import io.facet.tls.TrustedCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
    @TempDir Path folder;

    @Test
    void everyKindOfFileAndKeyIsPresented() throws Exception {
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            TestCertificate made =
                    TestCertificate.make(
                            folder,
                            "made-" + algorithm.toLowerCase(java.util.Locale.ROOT),
                            algorithm);
            for (TlsSettings settings : new TlsSettings[] {made.pem(), made.pkcs12()}) {
                assertThat(presented(new ServerTls(settings), made))
                        .isEqualTo("CN=" + made.commonName());
            }
        }
    }

    @Test
    void aChangedFileIsTakenUpAndABrokenOneIsNot() throws Exception {
        TestCertificate first = TestCertificate.make(folder, "first", "EC");
        TestCertificate second = TestCertificate.make(folder, "second", "EC");
        ServerTls tls = new ServerTls(first.pem());
        SSLContext context = tls.context();
        TestCertificate trusted = TestCertificate.make(folder, "trusted", "EC");
        Files.writeString(
                trusted.certificate(),
                Files.readString(first.certificate()) + Files.readString(second.certificate()));
        assertThat(presented(context, trusted)).isEqualTo("CN=first");

        // The certificate alone: key and certificate do not fit, so the old one stays.
        Files.copy(
                second.certificate(),
                first.certificate(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Thread.sleep(1100);
        assertThat(presented(context, trusted)).isEqualTo("CN=first");

        first.replaceWith(second);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> presented(context, trusted).equals("CN=second"));
    }

    @Test
    void clientsRefuseAnotherAuthority() throws Exception {
        TestCertificate server = TestCertificate.make(folder, "server", "EC");
        TestCertificate other = TestCertificate.make(folder, "other", "EC");
        assertThatThrownBy(() -> presented(new ServerTls(server.pem()), other))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void whatCannotBeUsedIsSaidAtTheStart() throws Exception {
        TestCertificate one = TestCertificate.make(folder, "one", "EC");
        TestCertificate two = TestCertificate.make(folder, "two", "RSA");
        assertThatThrownBy(() -> new ServerTls(new TlsSettings.Pem(one.certificate(), two.key())))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("not that of the certificate");
        assertThatThrownBy(() ->
                        new ServerTls(new TlsSettings.Pem(one.certificate(), one.certificate())))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("PKCS#8");
        assertThatThrownBy(() -> TrustedCa.context(folder.resolve("nothing")))
                .isInstanceOf(FacetException.class);
    }

    private static String presented(ServerTls tls, TestCertificate trusted) throws Exception {
        return presented(tls.context(), trusted);
    }

    /** The subject a client sees. */
    private static String presented(SSLContext server, TestCertificate trusted) throws Exception {
        try (SSLServerSocket listener =
                (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0)) {
            Thread answering =
                    Thread.ofVirtual()
                            .start(() -> {
                                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                                    socket.startHandshake();
                                    socket.getInputStream().read();
                                } catch (java.io.IOException refused) {
                                    // The client says why.
                                }
                            });
            try (SSLSocket socket =
                    (SSLSocket)
                            TrustedCa.context(trusted.certificate())
                                    .getSocketFactory()
                                    .createSocket("localhost", listener.getLocalPort())) {
                socket.startHandshake();
                return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                        .getSubjectX500Principal()
                        .getName();
            } finally {
                answering.join(Duration.ofSeconds(20));
            }
        }
    }
}
