package io.facet.edge.uplink;

import io.facet.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real MQTT 5 broker with a durable journal and passwords; {@code FACET_TEST_MQTT_URL} puts
 * another in its place, without passwords, which cannot be stopped.
 */
final class TestBroker implements AutoCloseable {
    static {
        // Paho's threads may fall over their own closing; that is nothing a wait should fail for.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    static final String HUB = "HUB";
    private static final Map<String, String> PASSWORDS = Map.of(HUB, "hub", "agent-1", "key");

    private final Path folder;
    private final int port;
    private @Nullable EmbeddedActiveMQ server;

    TestBroker(Path folder) throws Exception {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        start();
    }

    static @Nullable String external() {
        return System.getenv("FACET_TEST_MQTT_URL");
    }

    MqttEndpoint endpoint(String user) {
        return endpoint(user, PASSWORDS.getOrDefault(user, "none"));
    }

    MqttEndpoint endpoint(String user, String password) {
        String external = external();
        return new MqttEndpoint(
                URI.create(external == null ? "tcp://127.0.0.1:" + port : external),
                user,
                new Secret(password));
    }

    void start() throws Exception {
        if (external() != null) {
            return;
        }
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("test")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(true);
        configuration.addAcceptorConfiguration(
                "mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT&receiveMaximum=4");
        configuration.putSecurityRoles("#", Set.<Role>of());
        EmbeddedActiveMQ fresh = new EmbeddedActiveMQ();
        fresh.setConfiguration(configuration);
        fresh.setSecurityManager(new Passwords());
        fresh.start();
        server = fresh;
    }

    void stop() throws Exception {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (Exception failure) {
            throw new IOException(failure);
        }
    }

    private static final class Passwords implements ActiveMQSecurityManager5 {
        @Override
        public @Nullable Subject authenticate(
                @Nullable String user,
                @Nullable String password,
                @Nullable RemotingConnection connection,
                @Nullable String domain) {
            return user != null && password != null && password.equals(PASSWORDS.get(user))
                    ? new Subject(true, Set.of(new UserPrincipal(user)), Set.of(), Set.of())
                    : null;
        }

        @Override
        public boolean authorize(
                @Nullable Subject subject, Set<Role> roles, CheckType check, String address) {
            return subject != null;
        }

        @Override
        public boolean validateUser(String user, String password) {
            return authenticate(user, password, null, null) != null;
        }

        @Override
        public boolean validateUserAndRole(
                String user, String password, Set<Role> roles, CheckType check) {
            return false;
        }
    }
}
