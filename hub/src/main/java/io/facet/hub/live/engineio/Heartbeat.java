package io.facet.hub.live.engineio;

import java.time.Duration;

/**
 * Pings, and the watch for the pong.
 *
 * <pre>
 * start -> [pingInterval] -> ping -> [pingTimeout] -> dead
 *                ^             `---- pong
 *                `------------------'  the rest of the interval
 * </pre>
 *
 * Pings go out at a regular interval counted from the session's start, and a pong is due at a fixed
 * time after its ping was, not after it happened to be sent: a client counts like that too, and
 * whoever asks later is told that it is over even when the timer is behind. Thread-safe.
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
    private Duration due = Duration.ZERO;
    private Duration deadline = Duration.ZERO;

    Heartbeat(Timer timer, Duration interval, Duration timeout, Runnable ping, Runnable dead) {
        this.timer = timer;
        this.interval = interval;
        this.timeout = timeout;
        this.ping = ping;
        this.dead = dead;
    }

    synchronized void start() {
        due = timer.now();
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
        Duration now = timer.now();
        due = due.plus(interval).compareTo(now) < 0 ? now : due.plus(interval);
        deadline = due.plus(timeout);
        next = timer.after(due.minus(now), this::sendPing);
    }

    private void sendPing() {
        synchronized (this) {
            if (stopped || awaitingPong) {
                return;
            }
            awaitingPong = true;
            Duration now = timer.now();
            // A server that stood still for a while must not take it out on its clients.
            Duration fair = now.plus(timeout.dividedBy(2));
            deadline = deadline.compareTo(fair) < 0 ? fair : deadline;
            next = timer.after(deadline.minus(now), this::expire);
        }
        ping.run();
    }

    /** Ends the session now when its pong is overdue. */
    void check() {
        boolean over;
        synchronized (this) {
            over = awaitingPong && timer.now().compareTo(deadline) >= 0;
        }
        if (over) {
            expire();
        }
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
