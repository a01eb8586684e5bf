package io.facet.edge.enrolment;

import io.facet.crypto.VerifyingKey;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.net.URI;
import java.util.Optional;

/**
 * Who this box is at its hub.
 *
 * @param broker where the hub's MQTT broker listens
 * @param galleryKey what the hub signs the gallery with; empty while it has not said
 */
public record Membership(
        AgentId agent, SiteId site, URI broker, Optional<VerifyingKey> galleryKey) {}
