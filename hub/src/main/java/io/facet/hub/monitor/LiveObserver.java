package io.facet.hub.monitor;

import io.facet.hub.events.HubEvent;
import java.util.List;

/** Told of every event once it was given to the viewers' lines. Must not throw or block. */
@FunctionalInterface
public interface LiveObserver {
    void shown(HubEvent event);

    /** Tells several. */
    static LiveObserver all(List<LiveObserver> observers) {
        List<LiveObserver> all = List.copyOf(observers);
        return event -> all.forEach(observer -> observer.shown(event));
    }
}
