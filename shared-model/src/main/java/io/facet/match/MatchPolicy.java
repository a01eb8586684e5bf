package io.facet.match;

/**
 * How sure is sure.
 *
 * @param threshold least calibrated confidence of a match, 0 to 1
 * @param margin least lead in confidence over the next person, 0 to 1
 * @param maxResults candidates to report, 1 to 100
 */
public record MatchPolicy(float threshold, float margin, int maxResults) {
    public MatchPolicy {
        if (!(threshold >= 0 && threshold <= 1 && margin >= 0 && margin <= 1)) {
            throw new IllegalArgumentException("threshold and margin are 0 to 1");
        }
        if (maxResults < 1 || maxResults > 100) {
            throw new IllegalArgumentException("max_results is 1 to 100, not " + maxResults);
        }
    }
}
