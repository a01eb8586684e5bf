package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.hub.broker.BrokerAddresses;
import io.facet.hub.broker.EmbeddedBroker;
import io.facet.hub.broker.mosquitto.DynamicSecurity;
import io.facet.hub.joining.BrokerAccess;
import io.facet.hub.mqtt.BrokerEndpoint;
import io.facet.hub.security.Hosts;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.AgentId;
import io.facet.tls.ServerTls;
import io.facet.tls.TrustedCa;
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
 * @param forBoxes the addresses boxes are told
 * @param port of the embedded broker; 0 for an external one
 * @param runs whether the embedded broker runs; true for an external one, which is asked by using
 *     it
 * @param access told of the credentials of boxes
 */
record Messaging(
        BrokerEndpoint forHub,
        BrokerAddresses forBoxes,
        int port,
        BooleanSupplier runs,
        BrokerAccess access) {
    /** No box can be called this: an upper-case letter is no part of a box's name. */
    private static final String HUB_USER = "HUB";

    /** What makes listening beyond loopback right. */
    record Guard(
            Optional<ServerTls> tls, List<X509Certificate> authorities, boolean allowInsecure) {}

    /**
     * Starts it, or finds it.
     *
     * @param clientId as which the hub talks to the access control of an external one
     */
    static Messaging start(
            FacetConfig.Mqtt config,
            Guard guard,
            boolean freePort,
            DataFolder data,
            SignedInBoxes boxes,
            String clientId,
            Lifecycle parts) {
        return config.url().isEmpty()
                ? embedded(config, guard, freePort, data, boxes, parts)
                : external(config, boxes, clientId, parts);
    }

    private static Messaging external(
            FacetConfig.Mqtt config, SignedInBoxes boxes, String clientId, Lifecycle parts) {
        BrokerEndpoint broker =
                new BrokerEndpoint(
                        config.url(),
                        config.user(),
                        config.password(),
                        TrustedCa.configured(config.caFile()));
        BrokerAccess access =
                config.dynamicSecurity()
                        ? parts.start(
                                "boxes at the broker",
                                () -> DynamicSecurity.open(broker, clientId, boxes))
                        : BrokerAccess.NONE;
        URI forCertificates =
                URI.create(
                        config.certificateUrl().isEmpty() ? config.url() : config.certificateUrl());
        return new Messaging(
                broker,
                new BrokerAddresses(URI.create(config.url()), forCertificates),
                0,
                () -> true,
                access);
    }

    private static Messaging embedded(
            FacetConfig.Mqtt config,
            Guard guard,
            boolean freePort,
            DataFolder data,
            SignedInBoxes boxes,
            Lifecycle parts) {
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
                                        boxes));
        return new Messaging(
                new BrokerEndpoint(broker.addressForHub(), HUB_USER, password, Optional.empty()),
                new BrokerAddresses(
                        URI.create(
                                (tls.isPresent() ? "ssl://" : "tcp://")
                                        + config.host()
                                        + ":"
                                        + broker.port())),
                broker.port(),
                broker::isRunning,
                new AsksTheHub(broker));
    }

    /** It asks at each connection; only those there are have to be ended. */
    private record AsksTheHub(EmbeddedBroker broker) implements BrokerAccess {
        @Override
        public void admit(AgentId agent) {}

        @Override
        public void admit(AgentId agent, Secret key) {}

        @Override
        public void end(AgentId agent) {
            broker.cut(agent);
        }
    }

    /** Of this start only; nobody else ever needs it. */
    private static Secret randomPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }
}
