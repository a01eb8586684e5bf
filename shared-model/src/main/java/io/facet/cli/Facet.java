package io.facet.cli;

/** Entry point. */
public final class Facet {
    private Facet() {}

    /** Placeholder until the verbs land. */
    public static void main(String[] args) {}
}
