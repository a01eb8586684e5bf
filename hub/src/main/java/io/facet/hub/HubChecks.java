package io.facet.hub;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.health.Checks.Check;
import io.facet.hub.ingest.EdgeConversation;
import io.facet.hub.search.MasterIndex;
import io.facet.hub.store.postgres.Database;
import java.util.List;

/** The health of the hub's own parts. */
final class HubChecks {
    private HubChecks() {}

    static List<Check> of(Database database, EdgeConversation edge, MasterIndex index) {
        return List.of(
                new Check("database", database::check),
                new Check("broker", () -> broker(edge)),
                new Check("index", () -> index.size() + " faces"));
    }

    private static String broker(EdgeConversation edge) {
        if (!edge.isConnected()) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "no connection to the MQTT broker; is it running?");
        }
        return "connected";
    }
}
