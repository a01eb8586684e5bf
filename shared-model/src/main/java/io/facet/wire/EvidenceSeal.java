package io.facet.wire;

import io.facet.crypto.AtRest;
import io.facet.crypto.Sealing;
import io.facet.model.EventId;
import io.facet.wire.v1.Evidence;
import io.facet.wire.v1.Sealed;
import java.util.Optional;

/** Makes the personal data of an event unreadable to all but the hub. */
@FunctionalInterface
public interface EvidenceSeal {
    /** Seals; empty leaves the evidence out of the event. */
    Optional<Sealed> seal(EventId event, Evidence evidence);

    /** Seals to the hub's key. */
    static EvidenceSeal to(Sealing hub) {
        return (event, evidence) ->
                Optional.of(
                        SealedWire.seal(
                                hub,
                                SealedWire.EVIDENCE,
                                AtRest.bytes(event.value()),
                                evidence.toByteArray()));
    }
}
