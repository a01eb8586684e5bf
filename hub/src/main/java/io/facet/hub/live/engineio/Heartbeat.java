package io.facet.hub.live.engineio;

import java.time.Duration;

/**
 * Pings, and the watch for the pong.
 *
 * <pre>
 * start/pong -> [pingInterval] -> ping -> [pingTimeout] -> dead
 *                                   `------- pong -> ...
 * </pre>
 *
 * Thread-safe.
 */
final class Heartbeat {
    private final Timer timer;
    private final Duration interval;
    private final Duration timeout;
    private final Runnable ping;
    private final Runnable dead;
    private Timer.Task next = Timer.Task.NONE;
    private boolean awaitingPong;
    private boolean stopped;

    Heartbeat(Timer timer, Duration interval, Duration timeout, Runnable ping, Runnable dead) {
        this.timer = timer;
        this.interval = interval;
        this.timeout = timeout;
        this.ping = ping;
        this.dead = dead;
    }

    synchronized void start() {
        schedulePing();
    }

    /** An answer came; one nobody asked for changes nothing. */
    synchronized void pong() {
        if (awaitingPong && !stopped) {
            awaitingPong = false;
            schedulePing();
        }
    }

    synchronized void stop() {
        stopped = true;
        next.cancel();
    }

    private void schedulePing() {
        next.cancel();
        next = timer.after(interval, this::sendPing);
    }

    private void sendPing() {
        synchronized (this) {
            if (stopped || awaitingPong) {
                return;
            }
            awaitingPong = true;
            next = timer.after(timeout, this::expire);
        }
        ping.run();
    }

    private void expire() {
        synchronized (this) {
            if (stopped || !awaitingPong) {
                return;
            }
            stopped = true;
        }
        dead.run();
    }
}
