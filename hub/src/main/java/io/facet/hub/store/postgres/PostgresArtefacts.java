package io.facet.hub.store.postgres;

import io.facet.hub.software.Artefact;
import io.facet.hub.software.ArtefactStore;
import io.facet.hub.software.Sha256;
import io.facet.model.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Artefacts in PostgreSQL. Thread-safe. */
public final class PostgresArtefacts implements ArtefactStore {
    private static final String COLUMNS =
            "SELECT sha256, product, version, architecture, size, space_id, added_by, added_at FROM"
                    + " artefacts";

    private final Database database;

    public PostgresArtefacts(Database database) {
        this.database = database;
    }

    @Override
    public Artefact add(Artefact artefact) {
        return database.transaction(handle -> {
            handle.createUpdate(
                            "INSERT INTO artefacts (sha256, product, version, architecture, size,"
                                    + " space_id, added_by, added_at) VALUES (:sha256, :product,"
                                    + " :version, :architecture, :size, :space, :by, :at) ON"
                                    + " CONFLICT DO NOTHING")
                    .bind("sha256", artefact.sha256().hex())
                    .bind("product", artefact.product())
                    .bind("version", artefact.version())
                    .bind("architecture", artefact.architecture())
                    .bind("size", artefact.size())
                    .bindByType("space", artefact.space().orElse(null), String.class)
                    .bind("by", artefact.addedBy())
                    .bind("at", Rows.at(artefact.addedAt()))
                    .execute();
            return get(handle, artefact.sha256()).orElse(artefact);
        });
    }

    @Override
    public List<Artefact> list() {
        return database.transaction(handle ->
                handle.createQuery(COLUMNS + " ORDER BY added_at DESC, sha256")
                        .map((row, _) -> artefact(row))
                        .list());
    }

    @Override
    public Optional<Artefact> get(Sha256 sha256) {
        return database.transaction(handle -> get(handle, sha256));
    }

    private static Optional<Artefact> get(Handle handle, Sha256 sha256) {
        return handle.createQuery(COLUMNS + " WHERE sha256 = :sha256")
                .bind("sha256", sha256.hex())
                .map((row, _) -> artefact(row))
                .findOne();
    }

    @Override
    public Removal remove(Sha256 sha256) {
        return database.transaction(handle -> {
            // Locked, so that no roll-out begins with it meanwhile.
            boolean there =
                    handle.createQuery("SELECT 1 FROM artefacts WHERE sha256 = :sha256 FOR UPDATE")
                            .bind("sha256", sha256.hex())
                            .mapTo(Integer.class)
                            .findOne()
                            .isPresent();
            if (!there) {
                return Removal.NOT_THERE;
            }
            if (isUsed(handle, sha256)) {
                return Removal.IN_USE;
            }
            for (String table : List.of("rollout_artefacts", "artefacts")) {
                handle.createUpdate("DELETE FROM " + table + " WHERE sha256 = :sha256")
                        .bind("sha256", sha256.hex())
                        .execute();
            }
            return Removal.REMOVED;
        });
    }

    private static boolean isUsed(Handle handle, Sha256 sha256) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM desired_software WHERE sha256 = :sha256) OR"
                                + " EXISTS (SELECT 1 FROM rollout_artefacts JOIN rollouts USING"
                                + " (rollout_id) WHERE sha256 = :sha256 AND state IN ('running',"
                                + " 'paused', 'halted', 'done'))")
                .bind("sha256", sha256.hex())
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public boolean isFor(AgentId agent, Sha256 sha256) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT EXISTS (SELECT 1 FROM desired_software WHERE agent_id ="
                                        + " :agent AND sha256 = :sha256)")
                        .bind("agent", agent.value())
                        .bind("sha256", sha256.hex())
                        .mapTo(Boolean.class)
                        .one());
    }

    static Artefact artefact(ResultSet row) throws SQLException {
        return new Artefact(
                new Sha256(Rows.text(row, "sha256")),
                Rows.text(row, "product"),
                Rows.text(row, "version"),
                Rows.text(row, "architecture"),
                row.getLong("size"),
                Optional.ofNullable(row.getString("space_id")),
                Rows.text(row, "added_by"),
                Rows.instant(row, "added_at"));
    }
}
