package io.facet.hub.software;

import io.facet.model.SiteScope;
import java.time.Duration;
import java.util.List;

/**
 * How a roll-out goes about it.
 *
 * @param stages one after the other; each reaches its own boxes and those of the stages before
 * @param hold how long a stage must have been well before the next begins
 * @param maxFailures boxes that may fail; one more halts it
 * @param sites whose boxes it is for
 */
public record Plan(List<Stage> stages, Duration hold, int maxFailures, SiteScope sites) {
    private static final int MOST_STAGES = 20;
    private static final Duration LONGEST = Duration.ofDays(30);

    public Plan {
        stages = List.copyOf(stages);
        if (stages.isEmpty() || stages.size() > MOST_STAGES) {
            throw new IllegalArgumentException("a roll-out has 1 to " + MOST_STAGES + " stages");
        }
        if (hold.isNegative() || hold.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("hold_seconds are at most 30 days");
        }
        if (maxFailures < 0) {
            throw new IllegalArgumentException("max_failures is 0 or more");
        }
    }
}
