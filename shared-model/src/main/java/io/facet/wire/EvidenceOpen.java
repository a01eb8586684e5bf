package io.facet.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.AtRest;
import io.facet.crypto.SealingKeyPair;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.EventId;
import io.facet.wire.v1.Evidence;
import io.facet.wire.v1.Sealed;
import java.util.Optional;

/** Reads the personal data of an event. */
@FunctionalInterface
public interface EvidenceOpen {
    /**
     * Opens; empty leaves the evidence unread.
     *
     * @throws FacetException when it does not open
     */
    Optional<Evidence> open(EventId event, Sealed sealed);

    /** Opens what was sealed to the hub's key. */
    static EvidenceOpen with(SealingKeyPair keys) {
        return (event, sealed) -> {
            byte[] plain =
                    SealedWire.open(keys, SealedWire.EVIDENCE, AtRest.bytes(event.value()), sealed);
            try {
                return Optional.of(Evidence.parseFrom(plain));
            } catch (InvalidProtocolBufferException damaged) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the evidence of event " + event + " is malformed",
                        damaged);
            }
        };
    }
}
