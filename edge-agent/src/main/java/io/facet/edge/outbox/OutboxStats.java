package io.facet.edge.outbox;

import io.facet.error.ErrorCode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the outbox is.
 *
 * @param waiting events stored and not confirmed
 * @param bytes they take, with what is kept around them
 * @param lastSequence given out
 * @param droppedLow camera states and unknown faces given up for want of room, over all boots
 * @param droppedHigh recognitions given up for want of room, over all boots
 * @param unstored events that could not be stored at all since the start
 * @param rejected events kept aside because they were refused or do not open
 * @param damagedFile where a damaged outbox was put aside since the start
 * @param trouble why the last event could not be stored; empty when it was
 */
public record OutboxStats(
        long waiting,
        long bytes,
        long lastSequence,
        long droppedLow,
        long droppedHigh,
        long unstored,
        long rejected,
        Optional<Path> damagedFile,
        Optional<ErrorCode> trouble) {

    /** Events given up, of any kind and for any cause. */
    public long dropped() {
        return droppedLow + droppedHigh + unstored;
    }
}
