package io.facet.hub.live.engineio;

import java.time.Duration;

/**
 * Limits and times of Engine.IO.
 *
 * @param pingInterval from one ping to the next
 * @param pingTimeout how long a pong may take
 * @param upgradeTimeout how long a WebSocket may take from its opening to the upgrade
 * @param lingerTimeout how long the last packets of a closing session wait for their reader
 * @param maxPayload most bytes of one message or polling payload from a client
 * @param queue what may wait for one viewer
 * @param admission how many may come
 */
public record EngineConfig(
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        Duration lingerTimeout,
        int maxPayload,
        Queue queue,
        Admission admission) {
    public static final EngineConfig DEFAULT =
            new EngineConfig(
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    1_000_000,
                    new Queue(1_000, 8_000_000),
                    Admission.DEFAULT);

    /**
     * What may wait for one viewer.
     *
     * @param packets at most
     * @param bytes at most
     */
    public record Queue(int packets, long bytes) {}

    /**
     * How many may come.
     *
     * @param sessions most sessions at once
     * @param sessionsPerAddress most of them from one address
     * @param handshakesPerMinute most new sessions of one address in a minute, which may also come
     *     all at once
     */
    public record Admission(int sessions, int sessionsPerAddress, int handshakesPerMinute) {
        public static final Admission DEFAULT = new Admission(10_000, 1_000, 1_200);
    }

    /** The same with another heartbeat. */
    public EngineConfig withHeartbeat(Duration interval, Duration timeout) {
        return new EngineConfig(
                interval, timeout, upgradeTimeout, lingerTimeout, maxPayload, queue, admission);
    }

    /** The same with another send queue. */
    public EngineConfig withQueue(int packets, long bytes) {
        return new EngineConfig(
                pingInterval,
                pingTimeout,
                upgradeTimeout,
                lingerTimeout,
                maxPayload,
                new Queue(packets, bytes),
                admission);
    }

    /** The same for other numbers of clients. */
    public EngineConfig withAdmission(Admission other) {
        return new EngineConfig(
                pingInterval, pingTimeout, upgradeTimeout, lingerTimeout, maxPayload, queue, other);
    }
}
