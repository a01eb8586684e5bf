package io.facet.model;

/** The seven classes of facial expression; a guess about a face, never a fact about a person. */
public enum Expression {
    NEUTRAL,
    HAPPY,
    SAD,
    ANGRY,
    FEAR,
    DISGUST,
    SURPRISE;

    /** snake_case, as in JSON and in the folder names of FER. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
