package io.facet.hub.alerts;

import java.util.List;
import java.util.Map;

/** The values that rules look at. Thread-safe. */
@FunctionalInterface
public interface Signals {
    /**
     * Readings by kind. A kind that is not there has no data and its alerts stay as they are; a
     * subject that is not there any more is resolved.
     */
    Map<AlertKind, List<Reading>> read();
}
