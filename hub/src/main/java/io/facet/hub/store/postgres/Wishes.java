package io.facet.hub.store.postgres;

import io.facet.hub.software.Decision;
import io.facet.hub.software.Rollout;
import io.facet.model.AgentId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Changes of what boxes are to run, by one roll-out, within a caller's transaction. */
record Wishes(Handle handle, Rollout rollout, Instant now) {
    /** Asks a box; false when it was removed meanwhile. */
    boolean ask(Decision.Ask ask) {
        Optional<Long> revision = nextRevision(ask.agent());
        if (revision.isEmpty()) {
            return false;
        }
        handle.createUpdate(
                        "INSERT INTO rollout_devices (rollout_id, agent_id, sha256, former,"
                                + " revision, state, asked_at, changed_at) SELECT :id, :agent,"
                                + " :sha256, (SELECT sha256 FROM desired_software WHERE agent_id ="
                                + " :agent AND product = :product), :revision, 'asked', :at, :at")
                .bind("id", rollout.id())
                .bind("agent", ask.agent().value())
                .bind("sha256", ask.artefact().hex())
                .bind("product", rollout.product())
                .bind("revision", revision.get())
                .bind("at", Rows.at(now))
                .execute();
        handle.createUpdate(
                        "INSERT INTO desired_software (agent_id, product, sha256) VALUES (:agent,"
                                + " :product, :sha256) ON CONFLICT (agent_id, product) DO UPDATE"
                                + " SET sha256 = :sha256")
                .bind("agent", ask.agent().value())
                .bind("product", rollout.product())
                .bind("sha256", ask.artefact().hex())
                .execute();
        return true;
    }

    private Optional<Long> nextRevision(AgentId agent) {
        return handle.createQuery(
                        "UPDATE agents SET software_revision = nextval('software_revisions') WHERE"
                                + " agent_id = :agent RETURNING software_revision")
                .bind("agent", agent.value())
                .mapTo(Long.class)
                .findOne();
    }

    /**
     * Takes back what a box was asked, unless a later roll-out asked it for something else; whether
     * it is to run something else now.
     */
    boolean takeBack(AgentId agent) {
        // Before what it is to run, as when it is asked.
        handle.createQuery("SELECT 1 FROM agents WHERE agent_id = :agent FOR UPDATE")
                .bind("agent", agent.value())
                .mapTo(Integer.class)
                .findOne();
        boolean mine =
                changed(
                        "DELETE FROM desired_software d USING rollout_devices r WHERE r.rollout_id ="
                                + " :id AND r.agent_id = :agent AND d.agent_id = r.agent_id AND"
                                + " d.product = :product AND d.sha256 = r.sha256",
                        agent);
        if (mine) {
            // What it ran before may have been removed since.
            var _ =
                    changed(
                            "INSERT INTO desired_software (agent_id, product, sha256) SELECT"
                                    + " r.agent_id, :product, a.sha256 FROM rollout_devices r JOIN"
                                    + " artefacts a ON a.sha256 = r.former WHERE r.rollout_id = :id"
                                    + " AND r.agent_id = :agent",
                            agent);
            var _ = nextRevision(agent);
        }
        var _ =
                changed(
                        "DELETE FROM rollout_devices WHERE rollout_id = :id AND agent_id = :agent",
                        agent);
        return mine;
    }

    private boolean changed(String sql, AgentId agent) {
        Update update =
                handle.createUpdate(sql).bind("id", rollout.id()).bind("agent", agent.value());
        if (sql.contains(":product")) {
            update.bind("product", rollout.product());
        }
        return update.execute() > 0;
    }
}
