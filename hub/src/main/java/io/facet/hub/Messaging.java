package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.hub.broker.BrokerUsers;
import io.facet.hub.broker.EmbeddedBroker;
import io.facet.hub.ingest.EdgeConversation;
import io.facet.hub.joining.BrokerAccess;
import io.facet.hub.security.Hosts;
import io.facet.lifecycle.Lifecycle;
import io.facet.tls.ServerTls;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The broker: the configured one, else an embedded one in the data folder.
 *
 * @param forHub how the hub itself connects
 * @param forBoxes the address boxes are told
 * @param port of the embedded broker; 0 for an external one
 * @param runs whether the embedded broker runs; true for an external one, which is asked by using
 *     it
 * @param access told of the credentials of boxes
 */
record Messaging(
        EdgeConversation.Broker forHub,
        URI forBoxes,
        int port,
        BooleanSupplier runs,
        BrokerAccess access) {
    /** No box can be called this: an upper-case letter is no part of a box's name. */
    private static final String HUB_USER = "HUB";

    /** What makes listening beyond loopback right. */
    record Guard(
            Optional<ServerTls> tls, List<X509Certificate> authorities, boolean allowInsecure) {}

    static Messaging start(
            FacetConfig.Mqtt config,
            Guard guard,
            boolean freePort,
            DataFolder data,
            BrokerUsers users,
            Lifecycle parts) {
        if (!config.url().isEmpty()) {
            return new Messaging(
                    new EdgeConversation.Broker(config.url(), config.user(), config.password()),
                    URI.create(config.url()),
                    0,
                    () -> true,
                    BrokerAccess.NONE);
        }
        boolean open = !Hosts.isLoopback("mqtt.host", config.host());
        Optional<ServerTls> tls = guard.tls().filter(_ -> open);
        if (open && tls.isEmpty()) {
            Hosts.allowInsecure("mqtt.host", config.host(), guard.allowInsecure());
        }
        Secret password = randomPassword();
        EmbeddedBroker broker =
                parts.start(
                        "MQTT broker",
                        () ->
                                EmbeddedBroker.start(
                                        new EmbeddedBroker.Settings(
                                                data.resolve("broker"),
                                                config.host(),
                                                freePort ? 0 : config.port(),
                                                HUB_USER,
                                                password,
                                                tls.map(t -> t.context(guard.authorities()))),
                                        users));
        return new Messaging(
                new EdgeConversation.Broker(broker.addressForHub(), HUB_USER, password),
                URI.create(
                        (tls.isPresent() ? "ssl://" : "tcp://")
                                + config.host()
                                + ":"
                                + broker.port()),
                broker.port(),
                broker::isRunning,
                // It asks at each connection; only those there are have to be ended.
                broker::cut);
    }

    /** Of this start only; nobody else ever needs it. */
    private static Secret randomPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }
}
