package io.facet.hub.store.postgres;

import io.facet.hub.software.Artefact;
import io.facet.hub.software.Plan;
import io.facet.hub.software.Rollout;
import io.facet.hub.software.Stage;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** A roll-out's row, without its boxes. */
final class RolloutRow {
    private static final String SELECT = "SELECT r.* FROM rollouts r";

    private RolloutRow() {}

    /** What rollouts.stages holds. */
    private record Stages(List<Stage> stages) {}

    static List<Rollout> all(Handle handle) {
        Map<UUID, List<Artefact>> artefacts =
                handle
                        .createQuery(
                                "SELECT rollout_id, a.* FROM rollout_artefacts JOIN artefacts a"
                                        + " USING (sha256)")
                        .map((row, _) ->
                                Map.entry(
                                        Rows.uuid(row, "rollout_id"),
                                        PostgresArtefacts.artefact(row)))
                        .list()
                        .stream()
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toList())));
        return handle.createQuery(SELECT + " ORDER BY rollout_id DESC")
                .map((row, _) ->
                        rollout(
                                row,
                                artefacts.getOrDefault(Rows.uuid(row, "rollout_id"), List.of())))
                .list();
    }

    /** One, with a lock clause. */
    static Optional<Rollout> one(Handle handle, UUID id, String lock) {
        List<Artefact> artefacts =
                handle.createQuery(
                                "SELECT a.* FROM rollout_artefacts JOIN artefacts a USING (sha256)"
                                        + " WHERE rollout_id = :id ORDER BY sha256")
                        .bind("id", id)
                        .map((row, _) -> PostgresArtefacts.artefact(row))
                        .list();
        return handle.createQuery(SELECT + " WHERE rollout_id = :id" + lock)
                .bind("id", id)
                .map((row, _) -> rollout(row, artefacts))
                .findOne();
    }

    private static Rollout rollout(ResultSet row, List<Artefact> artefacts) throws SQLException {
        Plan plan =
                new Plan(
                        Json.read(Rows.text(row, "stages"), Stages.class).stages(),
                        Duration.ofSeconds(row.getLong("hold_seconds")),
                        row.getInt("max_failures"),
                        row.getArray("sites") == null
                                ? SiteScope.ALL
                                : sites(Rows.texts(row, "sites")));
        return new Rollout(
                Rows.uuid(row, "rollout_id"),
                Rows.text(row, "product"),
                Rows.text(row, "version"),
                artefacts,
                plan,
                Rollout.State.of(Rows.text(row, "state")),
                Rows.text(row, "reason"),
                row.getInt("stage"),
                Rows.maybeInstant(row, "well_since"),
                row.getInt("forgiven"),
                Rows.text(row, "started_by"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "changed_at"));
    }

    private static SiteScope sites(Set<String> names) {
        return new SiteScope.Only(names.stream().map(SiteId::new).collect(Collectors.toSet()));
    }

    /** False while another of its product is open. */
    static boolean insert(Handle handle, Rollout rollout) {
        Update update =
                handle.createUpdate(
                                "INSERT INTO rollouts (rollout_id, product, version, stages, sites,"
                                        + " hold_seconds, max_failures, state, reason, stage,"
                                        + " well_since, forgiven, started_by, started_at,"
                                        + " changed_at) VALUES (:id, :product, :version,"
                                        + " :stages::jsonb, :sites, :hold, :failures, :state,"
                                        + " :reason, :stage, :well, :forgiven, :by, :started,"
                                        + " :changed) ON CONFLICT DO NOTHING")
                        .bind("product", rollout.product())
                        .bind("version", rollout.version())
                        .bind("stages", Json.text(new Stages(rollout.plan().stages())))
                        .bind("hold", rollout.plan().hold().toSeconds())
                        .bind("failures", rollout.plan().maxFailures())
                        .bind("by", rollout.startedBy())
                        .bind("started", Rows.at(rollout.startedAt()));
        bindSites(update, rollout.plan().sites());
        return bindState(update, rollout).execute() == 1;
    }

    private static void bindSites(Update update, SiteScope scope) {
        switch (scope) {
            case SiteScope.All _ -> update.bindNull("sites", java.sql.Types.ARRAY);
            case SiteScope.Only only ->
                    update.bindArray(
                            "sites",
                            String.class,
                            only.sites().stream().map(SiteId::value).sorted().toArray());
        }
    }

    static void update(Handle handle, Rollout rollout) {
        bindState(
                        handle.createUpdate(
                                "UPDATE rollouts SET state = :state, reason = :reason, stage ="
                                        + " :stage, well_since = :well, forgiven = :forgiven,"
                                        + " changed_at = :changed WHERE rollout_id = :id"),
                        rollout)
                .execute();
    }

    private static Update bindState(Update update, Rollout rollout) {
        return update.bind("id", rollout.id())
                .bind("state", rollout.state().wireName())
                .bind("reason", rollout.reason())
                .bind("stage", rollout.stage())
                .bindByType(
                        "well",
                        rollout.wellSince().map((Instant at) -> Rows.at(at)).orElse(null),
                        OffsetDateTime.class)
                .bind("forgiven", rollout.forgiven())
                .bind("changed", Rows.at(rollout.changedAt()));
    }
}
