package io.facet.edge;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.edge.enrolment.Enrolment;
import io.facet.edge.enrolment.Membership;
import io.facet.edge.uplink.MqttEndpoint;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who this box is and where its broker is, with the hub or without. Thread-safe. */
final class Joining {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(2);

    private final FacetConfig config;
    private final Enrolment enrolment;
    private final Secret deviceKey;
    private final Optional<SSLContext> trust;

    /**
     * Wires it.
     *
     * @param deviceKey empty when the box has a certificate
     * @param trust for connections to the broker
     */
    Joining(FacetConfig config, Enrolment enrolment, Secret deviceKey, Optional<SSLContext> trust) {
        this.config = config;
        this.enrolment = enrolment;
        this.deviceKey = deviceKey;
        this.trust = trust;
    }

    /**
     * Who this box is: by the hub, else as the hub said last, else by the configuration when that
     * names a broker; without any of these, waits for the hub.
     *
     * @throws FacetException {@code UNAUTHENTICATED} when the hub refuses the key and never took it
     */
    Membership join() throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                return enrolment.ask();
            } catch (FacetException failure) {
                Optional<Membership> known = withoutHub();
                if (known.isPresent()) {
                    LOG.warn("{}; starting without it", failure.reason());
                    return known.get();
                }
                if (failure.code() != ErrorCode.UNAVAILABLE) {
                    throw failure;
                }
                if (!told) {
                    LOG.info(
                            "{}; waiting for it, as this box has not joined yet", failure.reason());
                    told = true;
                }
            }
            Thread.sleep(BETWEEN_CALLS);
        }
    }

    private Optional<Membership> withoutHub() {
        Optional<Membership> remembered = enrolment.remembered();
        if (remembered.isPresent() || config.mqtt().url().isEmpty()) {
            return remembered;
        }
        return Optional.of(
                new Membership(
                        new AgentId(config.agent().id()),
                        new SiteId(config.agent().site()),
                        URI.create(config.mqtt().url()),
                        Optional.empty()));
    }

    /**
     * Where the broker is now.
     *
     * @throws FacetException while nobody knows, and {@code CONFLICT} when the hub knows this box
     *     by another name than it started with
     */
    MqttEndpoint broker(AgentId self) {
        if (!config.mqtt().url().isEmpty()) {
            String user = config.mqtt().user();
            Secret password = config.mqtt().password();
            return new MqttEndpoint(
                    URI.create(config.mqtt().url()),
                    user.isEmpty() ? self.value() : user,
                    password.isEmpty() ? deviceKey : password,
                    trust);
        }
        Membership now = askOrRemember();
        if (!now.agent().equals(self)) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "the hub now knows this box as " + now.agent() + "; start the agent again");
        }
        return new MqttEndpoint(now.broker(), self.value(), deviceKey, trust);
    }

    private Membership askOrRemember() {
        try {
            return enrolment.ask();
        } catch (FacetException failure) {
            return enrolment.remembered().orElseThrow(() -> failure);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new FacetException(ErrorCode.UNAVAILABLE, "the agent is closing", closing);
        }
    }
}
