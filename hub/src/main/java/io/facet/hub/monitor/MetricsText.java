package io.facet.hub.monitor;

/** Every metric as Prometheus reads it. Thread-safe. */
public interface MetricsText {
    /** The text exposition format. */
    String text();

    /** Its media type. */
    String mediaType();
}
