package io.facet.hub.services;

import io.facet.hub.monitor.LiveObserver;
import io.facet.hub.monitor.MetricsText;
import io.facet.hub.monitor.Probes;
import io.facet.hub.monitor.RequestObserver;

/**
 * How adapters are watched, and what there is to read of it.
 *
 * @param requests to be told of every call
 * @param live to be told of every event shown
 * @param probes where adapters say what can be read of them
 */
public record Monitoring(
        RequestObserver requests, LiveObserver live, Probes probes, MetricsText metrics) {}
