package io.facet.hub.devices;

import io.facet.config.Secret;
import io.facet.model.AgentId;

/** A box's credential for MQTT and sync; shown once, kept as a hash only. */
public record DeviceKey(AgentId agent, Secret key) {}
