package io.facet.hub.live.engineio;

import java.time.Duration;

/**
 * Limits and times of Engine.IO.
 *
 * @param pingInterval between a pong and the next ping
 * @param pingTimeout how long a pong may take
 * @param upgradeTimeout how long a WebSocket may take from its probe to the upgrade
 * @param lingerTimeout how long the last packets of a closing session wait for their reader
 * @param maxPayload most bytes of one message or polling payload from a client
 * @param maxQueuedPackets most packets waiting for one viewer
 * @param maxQueuedBytes most bytes waiting for one viewer
 * @param maxSessions most sessions at once
 */
public record EngineConfig(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        Duration lingerTimeout,
        int maxPayload,
        int maxQueuedPackets,
        long maxQueuedBytes,
        int maxSessions) {
    public static final EngineConfig DEFAULT =
            new EngineConfig(
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    1_000_000,
                    1_000,
                    8_000_000,
                    10_000);

    /** The same with another heartbeat. */
    public EngineConfig withHeartbeat(Duration interval, Duration timeout) {
        return new EngineConfig(
                interval,
                timeout,
                upgradeTimeout,
                lingerTimeout,
                maxPayload,
                maxQueuedPackets,
                maxQueuedBytes,
                maxSessions);
    }

    /** The same with another send queue. */
    public EngineConfig withQueue(int packets, long bytes) {
        return new EngineConfig(
                pingInterval,
                pingTimeout,
                upgradeTimeout,
                lingerTimeout,
                maxPayload,
                packets,
                bytes,
                maxSessions);
    }
}
