package io.facet.hub.monitor;

import io.facet.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Told of every call that was answered. Thread-safe; must not throw or block. */
@FunctionalInterface
public interface RequestObserver {
    void answered(Answered call);

    /** Tells several. */
    static RequestObserver all(List<RequestObserver> observers) {
        List<RequestObserver> all = List.copyOf(observers);
        return call -> all.forEach(observer -> observer.answered(call));
    }

    /**
     * A call and its answer.
     *
     * @param api {@code rest} or {@code grpc}
     * @param route the template of the address, {@code /api/v1/people/{person_id}}, never the
     *     address itself
     * @param status of HTTP
     * @param code what went wrong; empty for a success
     */
    record Answered(
            String api,
            String method,
            String route,
            int status,
            Optional<ErrorCode> code,
            Duration took) {}
}
