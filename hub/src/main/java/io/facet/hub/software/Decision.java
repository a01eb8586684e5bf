package io.facet.hub.software;

import io.facet.hub.devices.Device;
import io.facet.model.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a roll-out does next. Only boxes that are connected are asked, so that nothing waits for a
 * box that comes back after a halt. A halt takes back what was asked of boxes that do not run it
 * yet. A stage is well when none of its boxes is on the way and one of those that run it does its
 * work: a stage that reaches nobody proves nothing, and nothing follows it. Without input or
 * output.
 *
 * @param rollout as it is from now on
 * @param members every box it may reach, as they stand
 * @param asks boxes to ask
 * @param takenBack boxes to let run what they were to run before
 */
public record Decision(
        Rollout rollout, List<Member> members, List<Ask> asks, List<AgentId> takenBack) {
    public Decision {
        members = List.copyOf(members);
        asks = List.copyOf(asks);
        takenBack = List.copyOf(takenBack);
    }

    /** A box and what it is asked for. */
    public record Ask(AgentId agent, Sha256 artefact) {}

    /**
     * Decides.
     *
     * @param boxes those that this roll-out is the newest of its product for
     * @param asked those it asked
     */
    static Decision of(
            Rollout rollout, List<Device> boxes, Map<AgentId, Asked> asked, Instant now) {
        List<Member> members = members(rollout, boxes, asked, now);
        if (!rollout.state().asks()) {
            return new Decision(rollout, members, List.of(), List.of());
        }
        List<Member> failed = members.stream().filter(m -> m.standing().hasFailed()).toList();
        if (failed.size() - rollout.forgiven() > rollout.plan().maxFailures()) {
            return ended(rollout.in(Rollout.State.HALTED, why(failed), now), members);
        }
        List<Member> reached = reached(rollout, members);
        List<Ask> asks =
                reached.stream()
                        .filter(Member::canBeAsked)
                        .flatMap(m -> ask(rollout, m).stream())
                        .toList();
        return new Decision(onwards(rollout, reached, now), members, asks, List.of());
    }

    /** The boxes as they stand. */
    static List<Member> members(
            Rollout rollout, List<Device> boxes, Map<AgentId, Asked> asked, Instant now) {
        return boxes.stream()
                .filter(box -> rollout.plan().sites().permits(box.site()))
                .map(box ->
                        Member.of(rollout, box, Optional.ofNullable(asked.get(box.agent())), now))
                .toList();
    }

    /** It asks nobody any more, and takes back what can be. */
    static Decision ended(Rollout rollout, List<Member> members) {
        List<AgentId> back =
                members.stream()
                        .filter(m -> m.asked().isPresent() && m.standing().canBeTakenBack())
                        .map(m -> m.device().agent())
                        .toList();
        return new Decision(rollout, members, List.of(), back);
    }

    /** It asks nobody any more, and every box it asked runs what it was to run before. */
    static Decision rolledBack(Rollout rollout, List<Asked> asked) {
        return new Decision(
                rollout, List.of(), List.of(), asked.stream().map(Asked::agent).toList());
    }

    private static String why(List<Member> failed) {
        Member last = failed.getLast();
        String reason = last.reason().isEmpty() ? last.standing().wireName() : last.reason();
        return failed.size()
                + (failed.size() == 1 ? " box failed; " : " boxes failed; ")
                + last.device().agent()
                + ": "
                + reason;
    }

    /** Boxes of this stage and those before. */
    private static List<Member> reached(Rollout rollout, List<Member> members) {
        List<Stage> stages = rollout.plan().stages().subList(0, rollout.stage() + 1);
        return members.stream().filter(m -> m.isReachedBy(stages)).toList();
    }

    private static Optional<Ask> ask(Rollout rollout, Member member) {
        return member.device()
                .report()
                .flatMap(report -> rollout.artefactFor(report.architecture()))
                .map(artefact -> new Ask(member.device().agent(), artefact.sha256()));
    }

    private static Rollout onwards(Rollout rollout, List<Member> reached, Instant now) {
        if (rollout.state() == Rollout.State.DONE) {
            return rollout;
        }
        boolean well =
                reached.stream().noneMatch(Member::isUnsettled)
                        && reached.stream().anyMatch(Member::isProof);
        if (!well) {
            return rollout.well(Optional.empty());
        }
        Instant since = rollout.wellSince().orElse(now);
        if (now.isBefore(since.plus(rollout.plan().hold()))) {
            return rollout.well(Optional.of(since));
        }
        int next = rollout.stage() + 1;
        return next < rollout.plan().stages().size()
                ? rollout.atStage(next, now)
                : rollout.in(Rollout.State.DONE, "", now);
    }
}
