package io.facet.hub;

import io.facet.hub.services.HubServices;
import io.facet.hub.web.HubWeb;

/** The hub's own listener as a part of the hub. */
public final class HubWebFront implements WebFront {
    @Override
    public Running start(HubServices services, String host, int port) {
        HubWeb web = new HubWeb(services, host, port);
        return new Running() {
            @Override
            public int port() {
                return web.port();
            }

            @Override
            public void close() {
                web.close();
            }
        };
    }
}
