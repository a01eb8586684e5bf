package io.facet.hub.health;

import java.util.List;

/** The state of every part, asked when asked for. Thread-safe. */
public interface Health {
    /** Every part, in the order of the start. */
    List<Part> check();

    /**
     * One part.
     *
     * @param detail what is wrong and what to do; how it does otherwise
     */
    record Part(String name, boolean ok, String detail) {}
}
