package io.facet.hub.store.postgres;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.sync.GallerySelection;
import io.facet.hub.sync.GallerySelections;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.model.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Selections in PostgreSQL. Thread-safe. */
public final class PostgresSelections implements GallerySelections {
    private final Database database;
    private final InstantSource clock;

    public PostgresSelections(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Selected of(AgentId agent) {
        return database.transaction(handle -> read(handle, agent));
    }

    private static Selected read(Handle handle, AgentId agent) {
        return handle.createQuery(
                        "SELECT mode, watchlists, since FROM gallery_selections WHERE agent_id ="
                                + " :agent")
                .bind("agent", agent.value())
                .map((row, _) -> new Selected(selection(row), row.getLong("since")))
                .findOne()
                .orElse(Selected.DEFAULT);
    }

    private static GallerySelection selection(ResultSet row) throws SQLException {
        return switch (Rows.text(row, "mode")) {
            case "all" -> new GallerySelection.Everybody();
            case "none" -> new GallerySelection.Nobody();
            default ->
                    new GallerySelection.Members(
                            PostgresWatchlists.elements(row, "watchlists")
                                    .map(id -> new WatchlistId((UUID) id))
                                    .collect(Collectors.toSet()));
        };
    }

    @Override
    public Selected select(AgentId agent, GallerySelection selection) {
        return database.transaction(handle -> {
            lock(handle, agent);
            Selected before = read(handle, agent);
            if (before.selection().equals(selection)) {
                return before;
            }
            long since = new GalleryLog(handle, clock.instant()).selected();
            handle.createUpdate(
                            "INSERT INTO gallery_selections (agent_id, mode, watchlists, since)"
                                    + " VALUES (:agent, :mode, :lists, :since) ON CONFLICT"
                                    + " (agent_id) DO UPDATE SET mode = :mode, watchlists ="
                                    + " :lists, since = :since")
                    .bind("agent", agent.value())
                    .bind("mode", mode(selection))
                    .bindArray("lists", UUID.class, lists(selection))
                    .bind("since", since)
                    .execute();
            return new Selected(selection, since);
        });
    }

    private static void lock(Handle handle, AgentId agent) {
        boolean there =
                handle.createQuery("SELECT 1 FROM agents WHERE agent_id = :agent FOR UPDATE")
                        .bind("agent", agent.value())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
        if (!there) {
            throw new FacetException(ErrorCode.NOT_FOUND, "there is no such box");
        }
    }

    private static String mode(GallerySelection selection) {
        return switch (selection) {
            case GallerySelection.Everybody _ -> "all";
            case GallerySelection.Nobody _ -> "none";
            case GallerySelection.Members _ -> "watchlists";
        };
    }

    /** The lists of a selection of members, else none. */
    static Object[] lists(GallerySelection selection) {
        return selection instanceof GallerySelection.Members(Set<WatchlistId> lists)
                ? lists.stream().map(WatchlistId::value).sorted().toArray()
                : new Object[0];
    }
}
