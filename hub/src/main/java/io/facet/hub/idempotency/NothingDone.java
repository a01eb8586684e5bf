package io.facet.hub.idempotency;

/** A change was refused and left nothing behind; its token is free again. */
public final class NothingDone extends RuntimeException {
    /** Takes what refused it. */
    public NothingDone(Exception why) {
        super(why);
    }
}
