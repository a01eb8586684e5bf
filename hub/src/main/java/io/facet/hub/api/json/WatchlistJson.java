package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.watchlists.Watchlist;
import io.facet.hub.watchlists.WatchlistRef;
import io.facet.hub.watchlists.WatchlistRules;
import java.util.List;

/** Watchlists. */
public final class WatchlistJson {
    private WatchlistJson() {}

    /** A list, without its members. */
    public static ObjectNode watchlist(Watchlist list) {
        WatchlistRules rules = list.rules();
        ObjectNode json = Json.object();
        json.put("watchlist_id", list.id().toString());
        json.put("name", rules.name());
        json.put("threshold", rules.threshold().map(Json::rounded).orElse(null));
        json.put("colour", rules.colour());
        json.put("expires_at", rules.expiresAt().map(Json::time).orElse(null));
        rules.cameras().stream()
                .map(Object::toString)
                .sorted()
                .forEach(json.putArray("camera_ids")::add);
        rules.sites().stream()
                .map(Object::toString)
                .sorted()
                .forEach(json.putArray("site_ids")::add);
        json.put("created_at", Json.time(list.createdAt()));
        json.put("updated_at", Json.time(list.updatedAt()));
        return json;
    }

    /** Lists as an event names them. */
    public static ArrayNode refs(List<WatchlistRef> refs) {
        return Json.array(
                refs,
                ref -> {
                    ObjectNode json = Json.object();
                    json.put("watchlist_id", ref.id().toString());
                    json.put("name", ref.name());
                    json.put("colour", ref.colour());
                    return json;
                });
    }
}
