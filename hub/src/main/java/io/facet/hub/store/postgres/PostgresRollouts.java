package io.facet.hub.store.postgres;

import io.facet.hub.software.Artefact;
import io.facet.hub.software.Asked;
import io.facet.hub.software.Decision;
import io.facet.hub.software.Member;
import io.facet.hub.software.Rollout;
import io.facet.hub.software.RolloutStore;
import io.facet.hub.software.Sha256;
import io.facet.hub.software.SoftwareWish;
import io.facet.hub.software.Standing;
import io.facet.model.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Roll-outs in PostgreSQL. A roll-out's row is locked while it is changed, which keeps hubs that
 * share the database from asking twice; boxes are taken in the order of their names, which keeps
 * two roll-outs from waiting for each other. Thread-safe.
 */
public final class PostgresRollouts implements RolloutStore {
    private final Database database;

    public PostgresRollouts(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Rollout rollout) {
        return database.transaction(handle -> {
            List<String> wanted = rollout.artefacts().stream().map(a -> a.sha256().hex()).toList();
            int there =
                    handle.createQuery(
                                    "SELECT sha256 FROM artefacts WHERE sha256 = ANY (:wanted) FOR"
                                            + " SHARE")
                            .bindArray("wanted", String.class, wanted.toArray())
                            .mapTo(String.class)
                            .list()
                            .size();
            return there == wanted.size() && insert(handle, rollout, wanted);
        });
    }

    private static boolean insert(Handle handle, Rollout rollout, List<String> artefacts) {
        if (!RolloutRow.insert(handle, rollout)) {
            return false;
        }
        for (String sha256 : artefacts) {
            handle.createUpdate(
                            "INSERT INTO rollout_artefacts (rollout_id, sha256) VALUES (:id,"
                                    + " :sha256)")
                    .bind("id", rollout.id())
                    .bind("sha256", sha256)
                    .execute();
        }
        return true;
    }

    @Override
    public List<Rollout> list() {
        return database.snapshot(handle -> RolloutRow.all(handle));
    }

    @Override
    public Optional<Rollout> get(UUID id) {
        return database.snapshot(handle -> RolloutRow.one(handle, id, ""));
    }

    @Override
    public List<Asked> asked(UUID id) {
        return database.transaction(handle -> asked(handle, id));
    }

    private static List<Asked> asked(Handle handle, UUID id) {
        return handle.createQuery(
                        "SELECT agent_id, sha256, revision, state, reason, bytes, asked_at,"
                                + " changed_at FROM rollout_devices WHERE rollout_id = :id ORDER BY"
                                + " agent_id")
                .bind("id", id)
                .map((row, _) -> asked(row))
                .list();
    }

    private static Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                new AgentId(Rows.text(row, "agent_id")),
                new Sha256(Rows.text(row, "sha256")),
                row.getLong("revision"),
                Standing.of(Rows.text(row, "state")).orElse(Standing.ASKED),
                Rows.text(row, "reason"),
                row.getLong("bytes"),
                Rows.instant(row, "asked_at"),
                Rows.instant(row, "changed_at"));
    }

    @Override
    public List<AgentId> change(UUID id, Instant now, Deciding deciding) {
        return database.transaction(handle -> {
            Optional<Rollout> present = RolloutRow.one(handle, id, " FOR UPDATE OF r");
            if (present.isEmpty()) {
                return List.of();
            }
            List<Asked> asked = asked(handle, id);
            Decision decision = deciding.decide(present.get(), asked);
            if (!decision.rollout().equals(present.get())) {
                RolloutRow.update(handle, decision.rollout());
            }
            note(handle, id, asked, decision.members());
            Wishes wishes = new Wishes(handle, present.get(), now);
            List<AgentId> changed = new ArrayList<>();
            for (Decision.Ask ask : byName(decision.asks(), Decision.Ask::agent)) {
                if (wishes.ask(ask)) {
                    changed.add(ask.agent());
                }
            }
            for (AgentId agent : byName(decision.takenBack(), a -> a)) {
                if (wishes.takeBack(agent)) {
                    changed.add(agent);
                }
            }
            return changed;
        });
    }

    private static <T> List<T> byName(List<T> all, Function<T, AgentId> name) {
        return all.stream()
                .sorted(Comparator.comparing((T each) -> name.apply(each).value()))
                .toList();
    }

    private static void note(Handle handle, UUID id, List<Asked> before, List<Member> members) {
        var known = before.stream().collect(Collectors.toMap(Asked::agent, Function.identity()));
        for (Member member : members) {
            Asked after = member.asked().orElse(null);
            if (after != null && !after.equals(known.get(after.agent()))) {
                note(handle, id, after);
            }
        }
    }

    private static void note(Handle handle, UUID id, Asked after) {
        handle.createUpdate(
                        "UPDATE rollout_devices SET state = :state, reason = :reason, bytes ="
                                + " :bytes, changed_at = :at WHERE rollout_id = :id AND agent_id ="
                                + " :agent")
                .bind("state", after.standing().wireName())
                .bind("reason", after.reason())
                .bind("bytes", after.bytes())
                .bind("at", Rows.at(after.changedAt()))
                .bind("id", id)
                .bind("agent", after.agent().value())
                .execute();
    }

    @Override
    public SoftwareWish of(AgentId agent) {
        return database.snapshot(handle -> {
            long revision =
                    handle.createQuery(
                                    "SELECT software_revision FROM agents WHERE agent_id = :agent")
                            .bind("agent", agent.value())
                            .mapTo(Long.class)
                            .findOne()
                            .orElse(1L);
            List<Artefact> wanted =
                    handle.createQuery(
                                    "SELECT a.* FROM desired_software d JOIN artefacts a USING"
                                            + " (sha256) WHERE agent_id = :agent")
                            .bind("agent", agent.value())
                            .map((row, _) -> PostgresArtefacts.artefact(row))
                            .list();
            return SoftwareWish.of(revision, wanted);
        });
    }
}
