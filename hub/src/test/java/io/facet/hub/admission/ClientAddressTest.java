package io.facet.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private static String of(String peer, String forwardedFor) {
        return ClientAddress.of(
                new InetSocketAddress(InetAddress.ofLiteral(peer), 1234),
                Optional.of(forwardedFor).filter(text -> !text.isEmpty()));
    }

    @Test
    void aStrangersWordAboutItsAddressCountsNothing() {
        assertThat(of("192.0.2.7", "198.51.100.1")).isEqualTo("192.0.2.7");
    }

    @Test
    void aProxyOnThisMachineIsBelievedAboutItsLastHop() {
        assertThat(of("127.0.0.1", "10.9.8.7, 198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(of("127.0.0.1", "unknown")).isEqualTo("127.0.0.1");
        assertThat(of("127.0.0.1", "")).isEqualTo("127.0.0.1");
    }

    @Test
    void anIpv6ClientIsItsNetwork() {
        assertThat(of("2001:db8:1:2:aaaa::1", "")).isEqualTo(of("2001:db8:1:2:bbbb::9", ""));
        assertThat(of("2001:db8:1:2::1", "")).isNotEqualTo(of("2001:db8:1:3::1", ""));
    }
}
