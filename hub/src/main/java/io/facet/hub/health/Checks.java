package io.facet.hub.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Health from one check per part. Thread-safe. */
public final class Checks implements Health {
    private final List<Check> checks;

    /** A part and how to ask it: a sentence about it, or an exception that says what is wrong. */
    public record Check(String name, Supplier<String> ask) {}

    public Checks(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    @Override
    public List<Part> check() {
        List<Part> parts = new ArrayList<>(checks.size());
        for (Check check : checks) {
            try {
                parts.add(new Part(check.name(), true, check.ask().get()));
            } catch (RuntimeException wrong) {
                parts.add(new Part(check.name(), false, String.valueOf(wrong.getMessage())));
            }
        }
        return parts;
    }
}
