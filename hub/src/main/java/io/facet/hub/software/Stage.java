package io.facet.hub.software;

import io.facet.hub.devices.DeviceGroups;
import io.facet.model.AgentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Set;

/**
 * Whom a stage of a roll-out reaches.
 *
 * @param groups boxes in one of them; empty stands for all boxes
 * @param percent of those, chosen by a hash of their names: always the same, and a larger share
 *     holds the smaller
 */
public record Stage(Set<String> groups, int percent) {
    private static final int BUCKETS = 10_000;

    public Stage {
        groups = Set.copyOf(groups);
        groups.forEach(DeviceGroups::check);
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a stage reaches 1 to 100 percent of its boxes");
        }
    }

    /** Whether it reaches a box. */
    boolean reaches(AgentId agent, DeviceGroups in) {
        boolean member = groups.isEmpty() || !Collections.disjoint(groups, in.labels());
        return member && bucket(agent) < percent * (BUCKETS / 100);
    }

    private static int bucket(AgentId agent) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(agent.value().getBytes(StandardCharsets.UTF_8));
            return Math.floorMod(ByteBuffer.wrap(hash).getInt(), BUCKETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
