package io.facet.eval;

/**
 * A pair and how alike its pictures are.
 *
 * @param score cosine, -1 to 1; {@link #NO_FACE} where a picture has no face, which no threshold
 *     accepts
 */
public record ScoredPair(double score, boolean same) {
    /** Below every cosine. */
    public static final double NO_FACE = -2;
}
