package io.facet.hub.live.engineio;

import java.time.Duration;

/** Runs things later. Thread-safe; tests move its clock by hand. */
public interface Timer {
    /** Time that only moves forward, from no particular start. */
    Duration now();

    /** Runs the task once after a while, on a thread of the timer's, unless cancelled before. */
    Task after(Duration delay, Runnable task);

    /** Something that will run. */
    @FunctionalInterface
    interface Task {
        Task NONE = () -> {};

        /** Keeps it from running, when it has not started. */
        void cancel();
    }
}
