package io.facet.edge.enrolment;

import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.net.URI;

/**
 * Who this box is at its hub.
 *
 * @param broker where the hub's MQTT broker listens
 */
public record Membership(AgentId agent, SiteId site, URI broker) {}
