package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.monitor.MetricsText;
import io.facet.hub.security.Permission;
import io.facet.model.SiteScope;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Metrics for Prometheus. */
final class MetricsEndpoints {
    private final MetricsText metrics;

    MetricsEndpoints(MetricsText metrics) {
        this.metrics = metrics;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get(
                        "/metrics",
                        new Access.Needs(Permission.READ_METRICS),
                        Spec.of("Metrics in the text format of Prometheus")
                                .givesBytes("text/plain"),
                        this::text));
    }

    private Reply text(Call call) {
        if (!(call.sites() instanceof SiteScope.All)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED,
                    "metrics are of every site; use a key that is not limited to some");
        }
        return new Reply.Bytes(
                metrics.mediaType(), metrics.text().getBytes(StandardCharsets.UTF_8), 0);
    }
}
