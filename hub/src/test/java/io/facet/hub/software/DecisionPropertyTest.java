package io.facet.hub.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.devices.Device;
import io.facet.hub.testing.Fleets;
import io.facet.model.AgentId;
import io.facet.model.SiteScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Fleets of boxes that update, fail, come and go as they like, from the first ask to the end. */
class DecisionPropertyTest {
    private static final List<Stage> STAGES =
            List.of(
                    new Stage(Set.of("canary"), 100),
                    new Stage(Set.of(), 30),
                    new Stage(Set.of(), 100));

    @Property(tries = 40)
    void nobodyIsAskedOutOfTurnOrAfterTooManyFailures(@ForAll long seed) {
        Random random = new Random(seed);
        int mayFail = random.nextInt(4);
        Simulation fleet = new Simulation(random, mayFail, random.nextDouble() * 0.4);
        for (int step = 0; step < 120; step++) {
            fleet.step();
        }
        fleet.settle();
    }

    @Property(tries = 20)
    void aFleetWithoutFailuresGetsItAll(@ForAll long seed) {
        Simulation fleet = new Simulation(new Random(seed), 0, 0);
        for (int step = 0; step < 120; step++) {
            fleet.step();
        }
        fleet.settle();
        assertThat(fleet.rollout.state()).isEqualTo(Rollout.State.DONE);
        assertThat(fleet.asked.values())
                .hasSize(fleet.boxes.size())
                .extracting(Asked::standing)
                .containsOnly(Standing.CURRENT);
    }

    private static final class Simulation {
        private final Random random;
        private final int mayFail;
        private final double failing;
        private final Map<AgentId, Device> boxes = new HashMap<>();
        private final Map<AgentId, Asked> asked = new HashMap<>();
        private Rollout rollout;
        private Instant now = Fleets.NOW;

        Simulation(Random random, int mayFail, double failing) {
            this.random = random;
            this.mayFail = mayFail;
            this.failing = failing;
            for (int i = 0; i < 40; i++) {
                Device box =
                        i < 3
                                ? Fleets.box("box-" + i, "1.0.0", "canary")
                                : Fleets.box("box-" + i, "1.0.0");
                boxes.put(box.agent(), box);
            }
            Rollout any = Fleets.rollout(Rollout.State.RUNNING);
            rollout =
                    new Rollout(
                            any.id(),
                            any.product(),
                            any.version(),
                            any.artefacts(),
                            new Plan(STAGES, Duration.ofSeconds(30), mayFail, SiteScope.ALL),
                            Rollout.State.RUNNING,
                            "",
                            0,
                            Optional.empty(),
                            0,
                            "t",
                            now,
                            now);
        }

        void step() {
            now = now.plusSeconds(random.nextInt(20));
            new ArrayList<>(boxes.values()).forEach(this::live);
            look();
        }

        /** Everybody is there and finishes, and time goes by. */
        void settle() {
            for (int i = 0; i < 60; i++) {
                now = now.plusSeconds(31);
                for (Device box : new ArrayList<>(boxes.values())) {
                    boxes.put(box.agent(), progressed(online(box)));
                }
                look();
            }
        }

        private static Device online(Device box) {
            return new Device(
                    box.agent(),
                    box.site(),
                    box.registeredAt(),
                    true,
                    box.lastSeen(),
                    box.groups(),
                    box.report());
        }

        private void live(Device box) {
            double dice = random.nextDouble();
            if (dice < 0.1) {
                boxes.put(box.agent(), Fleets.offline(box));
            } else if (dice < 0.3) {
                boxes.put(box.agent(), online(box));
            } else if (box.online()) {
                boxes.put(box.agent(), progressed(box));
            }
        }

        private Device progressed(Device box) {
            Asked row = asked.get(box.agent());
            if (row == null) {
                return box;
            }
            return switch (row.standing()) {
                case ASKED -> Fleets.answers(box, "1.0.0", "downloading", row.revision());
                case DOWNLOADING -> Fleets.answers(box, "1.0.0", "staged", row.revision());
                case STAGED -> Fleets.answers(box, "2.0.0", "trial", row.revision());
                case TRIAL ->
                        random.nextDouble() < failing
                                ? Fleets.answers(box, "1.0.0", "rolled_back", row.revision())
                                : Fleets.answers(box, "2.0.0", "current", row.revision());
                default -> box;
            };
        }

        private void look() {
            Rollout before = rollout;
            Decision decision =
                    Decision.of(before, List.copyOf(boxes.values()), Map.copyOf(asked), now);
            decision.members().forEach(m -> m.asked().ifPresent(a -> asked.put(a.agent(), a)));
            check(before, decision);
            rollout = decision.rollout();
            for (Decision.Ask ask : decision.asks()) {
                asked.put(
                        ask.agent(),
                        new Asked(ask.agent(), ask.artefact(), 9, Standing.ASKED, "", 0, now, now));
            }
            decision.takenBack().forEach(asked::remove);
        }

        private void check(Rollout before, Decision decision) {
            long failed = asked.values().stream().filter(a -> a.standing().hasFailed()).count();
            if (failed > mayFail) {
                assertThat(decision.asks()).isEmpty();
                assertThat(decision.rollout().state()).isEqualTo(Rollout.State.HALTED);
            }
            assertThat(decision.rollout().stage()).isBetween(before.stage(), before.stage() + 1);
            Set<AgentId> fresh =
                    decision.asks().stream().map(Decision.Ask::agent).collect(Collectors.toSet());
            assertThat(fresh).hasSize(decision.asks().size());
            Set<AgentId> twice = new HashSet<>(fresh);
            twice.retainAll(asked.keySet());
            assertThat(twice).as("asked twice").isEmpty();
            List<Stage> begun = STAGES.subList(0, before.stage() + 1);
            assertThat(decision.members())
                    .filteredOn(m -> fresh.contains(m.device().agent()))
                    .hasSameSizeAs(fresh)
                    .allMatch(m -> m.isReachedBy(begun));
            if (decision.rollout().stage() > before.stage()) {
                assertThat(decision.members())
                        .filteredOn(m -> m.isReachedBy(begun))
                        .noneMatch(m -> m.standing() == Standing.TRIAL)
                        .anyMatch(m -> m.standing() == Standing.CURRENT);
            }
        }
    }
}
