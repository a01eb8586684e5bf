package io.facet.edge.health;

import java.util.Map;

/**
 * How the agent is.
 *
 * @param ready the models passed their check; without that no recognition is reported
 * @param reason why it is not ready; empty when it is
 * @param components what each part says of itself, for those who may know
 */
public record Health(boolean ready, String reason, Map<String, Object> components) {
    public Health {
        components = Map.copyOf(components);
    }
}
