package io.facet.edge.software;

import io.facet.wire.v1.ReportedSoftware;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How this box stands to one product.
 *
 * @param version in use
 * @param revision of the wish this answers; 0 before any
 * @param sha256 of the artefact that was asked for; empty when none was
 * @param reason why refused or rolled back, or what keeps it; empty when nothing does
 * @param bytes of the artefact that have arrived
 */
record Standing(
        String product,
        String version,
        long revision,
        String sha256,
        State state,
        String reason,
        long bytes) {
    /** How far it has come. */
    enum State {
        CURRENT,
        DOWNLOADING,
        /** Whole and checked, not yet run. */
        STAGED,
        /** Runs, not yet committed. */
        TRIAL,
        /** Never ran. */
        REFUSED,
        /** Ran, and was not well. */
        ROLLED_BACK;

        /** snake_case, as on the wire. */
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Before anything was asked for. */
    static Standing current(String product, String version) {
        return new Standing(product, version, 0, "", State.CURRENT, "", 0);
    }

    Standing with(State now, String why) {
        return new Standing(product, version, revision, sha256, now, why, bytes);
    }

    Standing with(long arrived) {
        return new Standing(product, version, revision, sha256, state, reason, arrived);
    }

    /** Whether the other says the same but for the bytes that have arrived. */
    boolean sameBut(Standing other) {
        return with(other.bytes).equals(other);
    }

    ReportedSoftware toWire() {
        return ReportedSoftware.newBuilder()
                .setProduct(product)
                .setVersion(version)
                .setRevision(revision)
                .setSha256(sha256)
                .setState(state.wireName())
                .setReason(reason)
                .setBytes(bytes)
                .build();
    }

    /** For people and programs on the box. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("product", product);
        map.put("version", version);
        map.put("revision", revision);
        map.put("sha256", sha256);
        map.put("state", state.wireName());
        map.put("reason", reason);
        map.put("bytes", bytes);
        return map;
    }
}
