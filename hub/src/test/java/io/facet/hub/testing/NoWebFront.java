package io.facet.hub.testing;

import io.facet.hub.WebFront;
import io.facet.hub.services.HubServices;

/** A hub that serves programs in its own process only. */
public final class NoWebFront implements WebFront {
    @Override
    public Running start(HubServices services, String host, int port) {
        return new Running() {
            @Override
            public int port() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }
}
