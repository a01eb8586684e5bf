package io.facet.edge.outbox;

import java.time.Duration;

/**
 * An event of the outbox, opened for sending.
 *
 * @param event as {@link EventEncoder.Encoded#event}
 * @param evidence as {@link EventEncoder.Encoded#evidence}
 * @param waited how long ago it was recorded, by the monotonic clock; {@link #FOREVER} when an
 *     earlier boot recorded it
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record StoredEvent(long sequence, byte[] event, byte[] evidence, Duration waited) {
    /** Waited over a restart. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);
}
