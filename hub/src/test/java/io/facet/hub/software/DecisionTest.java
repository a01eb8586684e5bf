package io.facet.hub.software;

import static io.facet.hub.testing.Fleets.HOLD;
import static io.facet.hub.testing.Fleets.NOW;
import static io.facet.hub.testing.Fleets.answers;
import static io.facet.hub.testing.Fleets.box;
import static io.facet.hub.testing.Fleets.offline;
import static io.facet.hub.testing.Fleets.rollout;
import static io.facet.hub.testing.Fleets.says;
import static io.facet.hub.testing.Fleets.sha256;
import static io.facet.hub.testing.Fleets.silent;
import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.devices.Device;
import io.facet.hub.devices.SoftwareReport;
import io.facet.hub.software.Rollout.State;
import io.facet.hub.testing.Fleets;
import io.facet.model.AgentId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {
    private static final Stage CANARY = new Stage(Set.of("canary"), 100);

    private static Decision decide(Rollout rollout, Instant at, Device... boxes) {
        Map<AgentId, Asked> asked =
                Arrays.stream(boxes)
                        .filter(b -> b.report().stream().anyMatch(r -> !r.software().isEmpty()))
                        .collect(Collectors.toMap(Device::agent, b -> asked(b, Standing.ASKED)));
        return Decision.of(rollout, List.of(boxes), asked, at);
    }

    private static Asked asked(Device box, Standing standing) {
        return new Asked(box.agent(), sha256("a"), 9, standing, "", 0, NOW, NOW);
    }

    private static List<String> names(Decision decision) {
        return decision.asks().stream().map(ask -> ask.agent().value()).toList();
    }

    @Test
    void theFirstStageAsksItsOwnAndNobodyElse() {
        Decision first =
                decide(
                        rollout(State.RUNNING, CANARY, Fleets.everybody()),
                        NOW,
                        box("a", "1.0.0", "canary"),
                        box("b", "1.0.0"));
        assertThat(names(first)).containsExactly("a");
        assertThat(first.asks().getFirst().artefact()).isEqualTo(sha256("a"));
        assertThat(first.rollout().stage()).isZero();
    }

    @Test
    void aBoxIsAskedForWhatItsMachineRuns() {
        Device arm = says(silent("a"), new String[0], "1.0.0", "arm64", List.of());
        Device other = says(silent("b"), new String[0], "1.0.0", "riscv64", List.of());
        Decision decision = decide(rollout(State.RUNNING), NOW, arm, other, silent("c"));
        assertThat(decision.asks()).containsExactly(new Decision.Ask(arm.agent(), sha256("b")));
        assertThat(decision.members())
                .extracting(Member::standing)
                .containsExactly(Standing.WAITING, Standing.PASSED_OVER, Standing.WAITING);
    }

    @ParameterizedTest
    @CsvSource({
        "1.9.9,WAITING",
        "2.0.0-rc1,WAITING",
        "2.0.0,CURRENT",
        "2.0.1,PASSED_OVER",
        "development,PASSED_OVER"
    })
    void onlyWhatIsNewerIsAskedFor(String version, Standing standing) {
        Decision decision = decide(rollout(State.RUNNING), NOW, box("a", version));
        assertThat(decision.members().getFirst().standing()).isEqualTo(standing);
        assertThat(decision.asks()).hasSize(standing == Standing.WAITING ? 1 : 0);
    }

    @Test
    void whoIsAwayIsAskedOnReturn() {
        Device away = offline(box("a", "1.0.0"));
        Decision decision = decide(rollout(State.RUNNING), NOW, away);
        assertThat(decision.asks()).isEmpty();
        assertThat(decision.members().getFirst().reason()).contains("not connected");
        assertThat(names(decide(rollout(State.DONE), NOW, box("a", "1.0.0")))).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0,downloading,DOWNLOADING",
        "1.0.0,staged,STAGED",
        "2.0.0,trial,TRIAL",
        "2.0.0,current,CURRENT",
        "1.0.0,current,ASKED",
        "1.0.0,refused,REFUSED",
        "1.0.0,rolled_back,ROLLED_BACK",
        "1.0.0,something,ASKED"
    })
    void aBoxStandsAsItSays(String version, String state, Standing standing) {
        Device box = answers(box("a", "1.0.0"), version, state, 9);
        assertThat(decide(rollout(State.RUNNING), NOW, box).members().getFirst().standing())
                .isEqualTo(standing);
    }

    @Test
    void anAnswerToSomethingElseSaysNothing() {
        Device before = answers(box("a", "1.0.0"), "1.0.0", "rolled_back", 8);
        Decision decision = decide(rollout(State.RUNNING), NOW, before);
        assertThat(decision.members().getFirst().standing()).isEqualTo(Standing.ASKED);
        assertThat(decision.rollout().state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aBoxThatWasSetUpAnewIsOnItsWayAgain() {
        Device anew = box("a", "1.0.0");
        Decision decision =
                Decision.of(
                        rollout(State.DONE),
                        List.of(anew),
                        Map.of(anew.agent(), asked(anew, Standing.CURRENT)),
                        NOW);
        assertThat(decision.members().getFirst().standing()).isEqualTo(Standing.ASKED);
    }

    @Test
    void aStageThatWasWellLongEnoughGivesWayToTheNext() {
        Device done = answers(box("a", "1.0.0", "canary"), "2.0.0", "current", 9);
        Device waits = box("b", "1.0.0");
        Rollout rollout = rollout(State.RUNNING, CANARY, Fleets.everybody());

        Rollout well = decide(rollout, NOW, done, waits).rollout();
        assertThat(well.wellSince()).contains(NOW);
        Instant early = NOW.plus(HOLD).minusMillis(1);
        assertThat(decide(well, early, done, waits).rollout().stage()).isZero();

        Rollout next = decide(well, NOW.plus(HOLD), done, waits).rollout();
        assertThat(next.stage()).isEqualTo(1);
        assertThat(next.wellSince()).isEmpty();
        assertThat(names(decide(next, NOW.plus(HOLD), done, waits))).containsExactly("b");
    }

    @Test
    void theLastStageEndsIt() {
        Device done = answers(box("a", "1.0.0"), "2.0.0", "current", 9);
        Rollout well = rollout(State.RUNNING).well(Optional.of(NOW));
        assertThat(decide(well, NOW.plus(HOLD), done).rollout().state()).isEqualTo(State.DONE);
    }

    @Test
    void whoeverIsOnTheWayBeginsTheWaitAnew() {
        Rollout well = rollout(State.RUNNING).well(Optional.of(NOW));
        Device done = answers(box("a", "1.0.0"), "2.0.0", "current", 9);
        Device trial = answers(box("b", "1.0.0"), "2.0.0", "trial", 9);
        assertThat(decide(well, NOW.plus(HOLD), done, trial).rollout().wellSince()).isEmpty();
        assertThat(decide(well, NOW.plus(HOLD), done, offline(trial)).rollout().wellSince())
                .as("a box that vanished on trial")
                .isEmpty();
    }

    @Test
    void anAbsentBoxThatDidNotBeginKeepsNobodyWaiting() {
        Device done = answers(box("a", "1.0.0"), "2.0.0", "current", 9);
        Device gone = offline(answers(box("b", "1.0.0"), "1.0.0", "current", 9));
        assertThat(decide(rollout(State.RUNNING), NOW, done, gone).rollout().wellSince())
                .contains(NOW);
    }

    @Test
    void aStageThatReachesNobodyProvesNothing() {
        Rollout rollout = rollout(State.RUNNING, CANARY, Fleets.everybody());
        Rollout later = decide(rollout, NOW.plus(HOLD), box("b", "1.0.0")).rollout();
        assertThat(later.stage()).isZero();
        assertThat(later.wellSince()).isEmpty();
    }

    @Test
    void oneFailureTooManyHaltsAndTakesBackWhatDoesNotRunYet() {
        Device failed = answers(box("a", "1.0.0"), "1.0.0", "rolled_back", 9);
        Device fetching = answers(box("b", "1.0.0"), "1.0.0", "downloading", 9);
        Device trial = answers(box("c", "1.0.0"), "2.0.0", "trial", 9);
        Decision halted =
                decide(rollout(State.RUNNING), NOW, failed, fetching, trial, box("d", "1.0.0"));
        assertThat(halted.rollout().state()).isEqualTo(State.HALTED);
        assertThat(halted.rollout().reason()).contains("1 box failed", "a: not ready in time");
        assertThat(halted.takenBack()).containsExactly(fetching.agent());
        assertThat(halted.asks()).isEmpty();
    }

    @Test
    void forgivenFailuresDoNotHaltAgain() {
        Device failed = answers(box("a", "1.0.0"), "1.0.0", "refused", 9);
        Decision decision =
                decide(rollout(State.RUNNING).forgiving(1), NOW, failed, box("b", "1.0.0"));
        assertThat(decision.rollout().state()).isEqualTo(State.RUNNING);
        assertThat(names(decision)).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"PAUSED", "HALTED", "STOPPED", "ROLLED_BACK"})
    void onlyARolloutThatGoesOnAsks(State state) {
        Device trial = answers(box("b", "1.0.0"), "2.0.0", "trial", 9);
        Decision decision = decide(rollout(state), NOW, box("a", "1.0.0"), trial);
        assertThat(decision.asks()).isEmpty();
        assertThat(decision.takenBack()).isEmpty();
        assertThat(decision.rollout()).isEqualTo(rollout(state));
        assertThat(decision.members()).extracting(Member::standing).contains(Standing.TRIAL);
    }

    @Test
    void modelsAreTheOnesWhoseFileABoxRuns() {
        Rollout release = rollout(State.RUNNING);
        Artefact models = Fleets.models();
        Rollout rollout =
                new Rollout(
                        release.id(),
                        models.product(),
                        models.version(),
                        List.of(models),
                        release.plan(),
                        State.RUNNING,
                        "",
                        0,
                        Optional.empty(),
                        0,
                        "t",
                        NOW,
                        NOW);
        Device other = running("a", models, sha256("d"));
        Device same = running("b", models, models.sha256());
        Decision decision = Decision.of(rollout, List.of(other, same), Map.of(), NOW);
        assertThat(names(decision)).as("of one name, and another content").containsExactly("a");
    }

    private static Device running(String name, Artefact models, Sha256 file) {
        return says(
                silent(name),
                new String[0],
                "1.0.0",
                "amd64",
                List.of(
                        new SoftwareReport(
                                models.product(),
                                models.version(),
                                3,
                                file.hex(),
                                "current",
                                "",
                                0)));
    }
}
