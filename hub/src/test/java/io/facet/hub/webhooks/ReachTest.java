package io.facet.hub.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where webhooks may go, and how what they carry is signed. */
class ReachTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/x",
                "https://10.1.2.3/x",
                "https://172.16.0.1/x",
                "https://192.168.1.1/x",
                "https://169.254.169.254/latest",
                "https://100.64.0.1/x",
                "https://0.0.0.0/x",
                "https://[::1]/x",
                "https://[fd00::1]/x",
                "https://[fe80::1]/x",
                "https://[::ffff:10.0.0.1]/x",
                "https://[64:ff9b::a00:1]/x",
                "https://224.0.0.1/x",
                "https://198.18.0.1/x",
                "http://93.184.216.34/x",
                "ftp://93.184.216.34/x",
                "https:///x",
                "https://user:secret@93.184.216.34/x",
                "https://93.184.216.34/x#y"
            })
    void whatIsNoneOfTheInternetsIsRefused(String url) {
        assertThatThrownBy(() -> new Reach(false).check(URI.create(url)))
                .isInstanceOf(FacetException.class);
    }

    @Test
    void theInternetIsReachedByHttps() {
        assertThatCode(() -> new Reach(false).check(URI.create("https://93.184.216.34/x")))
                .doesNotThrowAnyException();
    }

    @Test
    void privateAddressesWhereAllowedAlsoByPlainHttp() {
        Reach reach = new Reach(true);
        for (String url : List.of("http://127.0.0.1:9/x", "https://10.0.0.1/", "http://[::1]/")) {
            assertThatCode(() -> reach.check(URI.create(url))).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> reach.check(URI.create("http://93.184.216.34/x")))
                .hasMessageContaining("https only");
    }

    @Test
    void publicAddressesAreNotTakenForPrivate() throws UnknownHostException {
        for (String text : List.of("8.8.8.8", "93.184.216.34", "2606:4700:4700::1111")) {
            assertThat(Reach.isPrivate(InetAddress.getByName(text))).as(text).isFalse();
        }
    }

    /** Computed with: printf '1767225600.{"a":1}' | openssl dgst -sha256 -hmac whsec_test */
    @Test
    void theSignatureIsWhatOpensslSays() {
        assertThat(
                        Signature.of(
                                "whsec_test".getBytes(StandardCharsets.US_ASCII),
                                Instant.parse("2026-01-01T00:00:00Z"),
                                "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        "t=1767225600,v1=6d204545ff126a339c00513d93603299c984074ce1331c3537c3f6c976b49019");
    }

    @Test
    void aWebhookTakesNamesOfEventsOnly() {
        assertThatThrownBy(() ->
                        new Webhook(
                                new java.util.UUID(1, 1),
                                URI.create("https://93.184.216.34/"),
                                "",
                                Set.of("Face Recognized"),
                                io.facet.model.SiteScope.ALL,
                                true,
                                Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
