package io.facet.hub.software;

import io.facet.model.AgentId;
import java.time.Instant;

/**
 * A box that a roll-out asked, and how it stands to that.
 *
 * @param revision with which it was asked
 * @param reason why it refused or went back, or what keeps it
 * @param bytes that have arrived
 */
public record Asked(
        AgentId agent,
        Sha256 artefact,
        long revision,
        Standing standing,
        String reason,
        long bytes,
        Instant askedAt,
        Instant changedAt) {
    Asked now(Standing other, String why, long arrived, Instant now) {
        boolean news = other != standing || !why.equals(reason);
        return new Asked(
                agent, artefact, revision, other, why, arrived, askedAt, news ? now : changedAt);
    }
}
