package io.facet.edge.outbox;

/** Waits that an interrupt only marks and does not cut short. Stateless. */
final class Waiting {
    private Waiting() {}

    /** Something that waits. */
    @FunctionalInterface
    interface Wait {
        void await() throws InterruptedException;
    }

    static void untilDone(Wait wait) {
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                wait.await();
                done = true;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
