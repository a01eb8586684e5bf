package io.facet.hub.broker;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.tls.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/**
 * An MQTT 5 broker of the hub's own: a durable journal in its folder, nobody without a credential,
 * each box confined to its topics.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** Largest MQTT packet taken; an event with its crop is a hundredth of it. */
    private static final int MOST_PACKET_BYTES = 4 * 1024 * 1024;

    private static final int IN_FLIGHT = 64;
    private static final long MOST_MEMORY = 64L << 20;

    /** How often it is looked for wills that are due, sessions that are over. */
    private static final long SESSION_SCAN_MS = 500;

    /** Above this share of the disk, boxes keep their events themselves. */
    private static final int FULLEST_DISK_PERCENT = 98;

    private static final long CUT_AGAIN_MS = 2_000;
    private static final String LOOPBACK = "127.0.0.1";

    private final EmbeddedActiveMQ server;
    private final int port;
    private final String addressForHub;

    private EmbeddedBroker(EmbeddedActiveMQ server, int port, String addressForHub) {
        this.server = server;
        this.port = port;
        this.addressForHub = addressForHub;
    }

    /**
     * Where and for whom.
     *
     * @param folder holds the journal; made when missing
     * @param port 0 picks a free one
     * @param hubUser the hub's own name, which no box can have
     * @param tls what boxes must speak; the hub then has a plain listener on loopback for itself
     */
    public record Settings(
            Path folder,
            String host,
            int port,
            String hubUser,
            Secret hubPassword,
            Optional<SSLContext> tls) {}

    /**
     * Starts the broker.
     *
     * @throws FacetException {@code PORT_IN_USE}, {@code UNAVAILABLE}
     */
    public static EmbeddedBroker start(Settings settings, BrokerUsers users) {
        int port = usable(settings.host(), settings.port());
        int own = settings.tls().isPresent() ? usable(LOOPBACK, 0) : port;
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        try {
            Files.createDirectories(settings.folder());
            Files.setPosixFilePermissions(
                    settings.folder(), PosixFilePermissions.fromString("rwx------"));
            server.setConfiguration(configuration(settings, port, own));
            server.setSecurityManager(
                    new BrokerSecurity(settings.hubUser(), settings.hubPassword(), users));
            server.start();
            String host = own == port && !isEveryAddress(settings) ? settings.host() : LOOPBACK;
            return new EmbeddedBroker(server, port, "tcp://" + host + ":" + own);
        } catch (Exception failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "the embedded MQTT broker does not start; check "
                            + settings.folder()
                            + " and the space on its disk, or set mqtt.url",
                    failure);
        }
    }

    public boolean isRunning() {
        return server.getActiveMQServer().isStarted();
    }

    /** Of the listener for boxes. */
    public int port() {
        return port;
    }

    /** How the hub itself connects. */
    public String addressForHub() {
        return addressForHub;
    }

    /**
     * Ends a box's connections; its will goes out. Once more after a moment, for a connection that
     * was just being made when its credential ended.
     */
    public void cut(AgentId agent) {
        // Later ones may be by a new credential.
        Set<RemotingConnection> present =
                Set.copyOf(server.getActiveMQServer().getRemotingService().getConnections());
        cut(agent, present);
        var _ =
                server.getActiveMQServer()
                        .getScheduledPool()
                        .schedule(() -> cut(agent, present), CUT_AGAIN_MS, TimeUnit.MILLISECONDS);
    }

    private void cut(AgentId agent, Set<RemotingConnection> among) {
        for (ServerSession session : server.getActiveMQServer().getSessions()) {
            RemotingConnection connection = session.getRemotingConnection();
            if (agent.value().equals(session.getValidatedUser()) && among.contains(connection)) {
                connection.fail(new ActiveMQDisconnectedException("the credential ended"));
            }
        }
    }

    private static boolean isEveryAddress(Settings settings) {
        return settings.host().equals("0.0.0.0");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the MQTT broker did not stop cleanly", failure);
        }
    }

    private static Configuration configuration(Settings settings, int port, int own)
            throws Exception {
        Path folder = settings.folder();
        ConfigurationImpl configuration = new ConfigurationImpl();
        // A key that was replaced or taken away is refused at once, not when a cache forgets it.
        configuration.setAuthenticationCacheSize(0);
        configuration.setMqttSessionScanInterval(SESSION_SCAN_MS);
        configuration.setIncomingInterceptorClassNames(List.of(PromptWills.class.getName()));
        configuration
                .setName("facet")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalSyncNonTransactional(true)
                .setJournalSyncTransactional(true)
                .setJournalFileSize(4 << 20)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(true)
                .setMaxDiskUsage(FULLEST_DISK_PERCENT)
                .setGlobalMaxSize(MOST_MEMORY)
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG);
        configuration.addAcceptorConfiguration(
                acceptor("mqtt", settings.host(), port, settings.tls()));
        if (own != port) {
            configuration.addAcceptorConfiguration(
                    acceptor("mqtt-hub", LOOPBACK, own, Optional.empty()));
        }
        // Roles mean nothing here, the security manager decides; but no match means no question.
        configuration.putSecurityRoles("#", Set.<Role>of());
        configuration.addAddressSetting("#", lasting());
        configuration.addAddressSetting("facet.v1.agents.*.live.#", fleeting());
        return configuration;
    }

    private static TransportConfiguration acceptor(
            String name, String host, int port, Optional<SSLContext> tls) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, host);
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
        parameters.put(TransportConstants.TCP_NODELAY_PROPNAME, true);
        tls.ifPresent(context -> {
            parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
            parameters.put(
                    TransportConstants.ENABLED_PROTOCOLS_PROP_NAME,
                    String.join(",", TlsSettings.PROTOCOLS));
            parameters.put(BrokerTls.CONTEXT, context);
            parameters.put(TransportConstants.WANT_CLIENT_AUTH_PROP_NAME, true);
        });
        Map<String, Object> ofMqtt = new HashMap<>();
        ofMqtt.put("maximumPacketSize", MOST_PACKET_BYTES);
        ofMqtt.put("receiveMaximum", IN_FLIGHT);
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), parameters, name, ofMqtt);
    }

    /** Delivered until acknowledged, paged to disk rather than refused. */
    private static AddressSettings lasting() {
        return new AddressSettings()
                .setMaxDeliveryAttempts(-1)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setAutoCreateAddresses(true)
                .setAutoCreateQueues(true);
    }

    /** Live pictures: the newest matter, a few are enough. */
    private static AddressSettings fleeting() {
        return lasting()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)
                .setMaxSizeBytes(8L << 20);
    }

    private static int usable(String host, int wanted) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new java.net.InetSocketAddress(InetAddress.getByName(host), wanted));
            return probe.getLocalPort();
        } catch (IOException taken) {
            throw new FacetException(
                    ErrorCode.PORT_IN_USE,
                    "port "
                            + wanted
                            + " for MQTT is taken; stop what uses it or set mqtt.port to another"
                            + " (0 picks a free one)",
                    taken);
        }
    }
}
