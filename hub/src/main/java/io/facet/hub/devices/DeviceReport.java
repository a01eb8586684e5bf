package io.facet.hub.devices;

import java.time.Instant;

/**
 * What a box says of itself.
 *
 * @param space the embedding space of its models, hexadecimal; empty before they are loaded
 * @param ready its models passed the golden check
 * @param notReadyReason empty when ready
 * @param at the box's own clock
 * @param spoolDepth events waiting to be sent
 * @param droppedEvents events given up because the disk budget was spent
 */
public record DeviceReport(
        String version,
        String space,
        boolean ready,
        String notReadyReason,
        Instant at,
        long galleryRevision,
        int gallerySize,
        int spoolDepth,
        long droppedEvents) {}
