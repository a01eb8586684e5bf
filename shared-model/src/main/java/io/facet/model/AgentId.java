package io.facet.model;

/** Names one edge box. Lower-case letters, digits, {@code -} and {@code _}, 1 to 64 characters. */
public record AgentId(String value) {
    /** Checks the form. */
    public AgentId {
        Slugs.check("agent_id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
