package io.facet.hub.software;

import io.facet.update.Manifest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An artefact on its way to the boxes.
 *
 * <pre>
 *            pause          too many failures
 *   PAUSED &lt;------ RUNNING ------------------&gt; HALTED
 *     |   resume      |  last stage well          |
 *     +-------------&gt; | &lt;-------- resume ---------+
 *                     v
 *                    DONE, which still asks boxes that come later
 *   any of them -- stop --&gt; STOPPED       models -- roll back --&gt; ROLLED_BACK
 * </pre>
 *
 * @param id in the order they began
 * @param artefacts of one product and version, one an architecture
 * @param reason why it does not go on; empty while it does
 * @param stage of the plan, from 0
 * @param wellSince since when that stage has been well
 * @param forgiven failures that it was resumed after
 */
public record Rollout(
        UUID id,
        String product,
        String version,
        List<Artefact> artefacts,
        Plan plan,
        State state,
        String reason,
        int stage,
        Optional<Instant> wellSince,
        int forgiven,
        String startedBy,
        Instant startedAt,
        Instant changedAt) {
    public Rollout {
        artefacts = List.copyOf(artefacts);
    }

    /** Where it stands. */
    public enum State {
        RUNNING,
        PAUSED,
        HALTED,
        DONE,
        STOPPED,
        ROLLED_BACK;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #wireName}. */
        public static State of(String text) {
            return Arrays.stream(values())
                    .filter(state -> state.wireName().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no state " + text));
        }

        /** Whether another one of its product has to wait. */
        public boolean isOpen() {
            return this == RUNNING || this == PAUSED || this == HALTED;
        }

        /** Whether it asks boxes. */
        boolean asks() {
            return this == RUNNING || this == DONE;
        }
    }

    boolean ofModels() {
        return product.equals(Manifest.MODELS);
    }

    /** What a box of an architecture is asked for. */
    Optional<Artefact> artefactFor(String architecture) {
        return artefacts.stream()
                .filter(a ->
                        a.architecture().equals(architecture)
                                || a.architecture().equals(Manifest.EVERY_MACHINE))
                .findFirst();
    }

    Rollout in(State other, String why, Instant now) {
        return new Rollout(
                id,
                product,
                version,
                artefacts,
                plan,
                other,
                why,
                stage,
                Optional.empty(),
                forgiven,
                startedBy,
                startedAt,
                now);
    }

    Rollout forgiving(int failures) {
        return new Rollout(
                id, product, version, artefacts, plan, state, reason, stage, wellSince, failures,
                startedBy, startedAt, changedAt);
    }

    /** Since when its stage has been well, or that it is not. */
    Rollout well(Optional<Instant> since) {
        return new Rollout(
                id, product, version, artefacts, plan, state, reason, stage, since, forgiven,
                startedBy, startedAt, changedAt);
    }

    Rollout atStage(int next, Instant now) {
        return new Rollout(
                id,
                product,
                version,
                artefacts,
                plan,
                state,
                "",
                next,
                Optional.empty(),
                forgiven,
                startedBy,
                startedAt,
                now);
    }
}
