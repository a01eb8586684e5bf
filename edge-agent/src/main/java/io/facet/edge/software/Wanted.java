package io.facet.edge.software;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.wire.v1.DesiredSoftware;
import java.util.Optional;

/**
 * What the hub wants this box to run.
 *
 * @param revision 0 before the hub said anything
 * @param release empty: what it runs
 * @param models empty: what its configuration names
 */
record Wanted(long revision, Optional<Artefact> release, Optional<Artefact> models) {
    /** Before the hub said anything. */
    static final Wanted NOTHING = new Wanted(0, Optional.empty(), Optional.empty());

    /**
     * Reads the hub's message.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is none
     */
    static Wanted parse(byte[] message) {
        try {
            DesiredSoftware wire = DesiredSoftware.parseFrom(message);
            return new Wanted(
                    wire.getRevision(),
                    wire.hasRelease() ? Optional.of(from(wire.getRelease())) : Optional.empty(),
                    wire.hasModels() ? Optional.of(from(wire.getModels())) : Optional.empty());
        } catch (InvalidProtocolBufferException damaged) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "what software to run is malformed; check the versions of hub and agent",
                    damaged);
        }
    }

    private static Artefact from(io.facet.wire.v1.Artefact wire) {
        return new Artefact(wire.getSha256(), wire.getSize(), wire.getProduct(), wire.getVersion());
    }
}
