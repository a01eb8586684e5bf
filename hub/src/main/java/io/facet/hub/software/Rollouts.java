package io.facet.hub.software;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceService;
import io.facet.hub.software.Rollout.State;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Roll-outs over a store. What is decided is in {@link Decision}. Thread-safe. */
public final class Rollouts implements RolloutService {
    private final Parts parts;
    private volatile List<Rollout> last;

    /**
     * What roll-outs are made of.
     *
     * @param prepared whether every face has a template of the space of this id
     * @param listener told of every box that is to run something else
     */
    public record Parts(
            RolloutStore store,
            ArtefactStore artefacts,
            DeviceService devices,
            Predicate<String> prepared,
            SoftwareListener listener,
            Uuid7 ids,
            InstantSource clock) {}

    public Rollouts(Parts parts) {
        this.parts = parts;
        this.last = parts.store().list();
    }

    /** As they stood when they were last looked after; newest first. */
    public List<Rollout> last() {
        return last;
    }

    /** Asks whom it is time to ask, and notes how boxes stand. */
    public void lookAfter() {
        List<Rollout> all = parts.store().list();
        if (!all.isEmpty()) {
            Map<UUID, List<Device>> claims = Claims.of(all, everyBox());
            claims.forEach((id, boxes) ->
                    change(
                            id,
                            (rollout, asked) ->
                                    Decision.of(
                                            rollout,
                                            boxes,
                                            byAgent(asked),
                                            parts.clock().instant())));
            all = parts.store().list();
        }
        last = all;
    }

    private List<Device> everyBox() {
        return parts.devices().list(SiteScope.ALL);
    }

    private static Map<AgentId, Asked> byAgent(List<Asked> asked) {
        return asked.stream().collect(Collectors.toMap(Asked::agent, Function.identity()));
    }

    private void change(UUID id, RolloutStore.Deciding deciding) {
        parts.store()
                .change(id, parts.clock().instant(), deciding)
                .forEach(parts.listener()::softwareChanged);
    }

    @Override
    public View start(List<Sha256> wanted, Plan plan, String by) {
        List<Artefact> artefacts = wanted.stream().distinct().map(this::artefact).toList();
        checkTogether(artefacts);
        Artefact first = artefacts.getFirst();
        first.space()
                .filter(parts.prepared().negate())
                .ifPresent(_ -> {
                    throw new FacetException(
                            ErrorCode.CONFLICT,
                            "not every face has a template of pack "
                                    + first.version()
                                    + ": boxes would know nobody; run ./facet models prepare "
                                    + first.version()
                                    + " and begin again when it is complete");
                });
        Instant now = parts.clock().instant();
        Rollout rollout =
                new Rollout(
                        parts.ids().next(),
                        first.product(),
                        first.version(),
                        artefacts,
                        plan,
                        State.RUNNING,
                        "",
                        0,
                        Optional.empty(),
                        0,
                        by,
                        now,
                        now);
        if (!parts.store().add(rollout)) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "a roll-out of "
                            + first.product()
                            + " is not over; let it end or stop it first");
        }
        return view(rollout);
    }

    private Artefact artefact(Sha256 sha256) {
        return parts.artefacts()
                .get(sha256)
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.NOT_FOUND,
                                "there is no artefact " + sha256 + "; add it first"));
    }

    private static void checkTogether(List<Artefact> artefacts) {
        if (artefacts.isEmpty()) {
            throw new IllegalArgumentException("name at least one artefact");
        }
        long kinds =
                artefacts.stream().map(a -> a.product() + " " + a.version()).distinct().count();
        long machines = artefacts.stream().map(Artefact::architecture).distinct().count();
        if (kinds > 1 || machines < artefacts.size()) {
            throw new IllegalArgumentException(
                    "the artefacts of a roll-out are of one product and version, one for each"
                            + " architecture");
        }
    }

    @Override
    public List<View> list(SiteScope sites) {
        List<Rollout> all = parts.store().list();
        List<Device> boxes = everyBox();
        Map<UUID, List<Device>> claims = Claims.of(all, boxes);
        return all.stream()
                .filter(rollout -> isWithin(rollout, sites))
                .map(rollout -> view(rollout, members(rollout, claims, boxes)))
                .toList();
    }

    @Override
    public Optional<View> get(UUID id, SiteScope sites) {
        return within(id, sites).map(this::view);
    }

    @Override
    public Optional<List<Member>> members(UUID id, SiteScope sites) {
        return within(id, sites).map(this::members);
    }

    private Optional<Rollout> within(UUID id, SiteScope sites) {
        return parts.store().get(id).filter(rollout -> isWithin(rollout, sites));
    }

    private static boolean isWithin(Rollout rollout, SiteScope sites) {
        return switch (sites) {
            case SiteScope.All _ -> true;
            case SiteScope.Only mine ->
                    rollout.plan().sites() instanceof SiteScope.Only(Set<SiteId> its)
                            && mine.sites().containsAll(its);
        };
    }

    private View view(Rollout rollout) {
        return view(rollout, members(rollout));
    }

    private static View view(Rollout rollout, List<Member> members) {
        return new View(
                rollout,
                members.stream()
                        .collect(Collectors.groupingBy(Member::standing, Collectors.counting())));
    }

    private List<Member> members(Rollout rollout) {
        List<Device> boxes = everyBox();
        return members(rollout, Claims.of(parts.store().list(), boxes), boxes);
    }

    /** Those that are this roll-out's, and those it asked before a newer one came. */
    private List<Member> members(
            Rollout rollout, Map<UUID, List<Device>> claims, List<Device> boxes) {
        Map<AgentId, Asked> asked = byAgent(parts.store().asked(rollout.id()));
        List<Device> own = claims.getOrDefault(rollout.id(), List.of());
        List<Member> members =
                new ArrayList<>(
                        Decision.members(rollout, own, asked, parts.clock().instant()).stream()
                                .filter(m ->
                                        m.asked().isPresent()
                                                || m.isReachedBy(rollout.plan().stages()))
                                .toList());
        Set<AgentId> there =
                members.stream().map(m -> m.device().agent()).collect(Collectors.toSet());
        boxes.stream()
                .filter(box -> asked.containsKey(box.agent()) && !there.contains(box.agent()))
                .forEach(box -> members.add(asItWas(box, asked)));
        members.sort(Comparator.comparing(m -> m.device().agent().value()));
        return members;
    }

    private static Member asItWas(Device box, Map<AgentId, Asked> asked) {
        Optional<Asked> row = Optional.ofNullable(asked.get(box.agent()));
        return new Member(
                box,
                row.map(Asked::standing).orElse(Standing.WAITING),
                row.map(Asked::reason).orElse(""),
                row);
    }

    @Override
    public View pause(UUID id, SiteScope sites) {
        return turn(
                id,
                sites,
                EnumSet.of(State.RUNNING),
                (rollout, asked) -> asItStands(rollout.in(State.PAUSED, "", now())));
    }

    @Override
    public View resume(UUID id, SiteScope sites) {
        return turn(
                id,
                sites,
                EnumSet.of(State.PAUSED, State.HALTED),
                (rollout, asked) -> {
                    int failures =
                            (int) asked.stream().filter(a -> a.standing().hasFailed()).count();
                    return asItStands(
                            rollout.in(State.RUNNING, "", now())
                                    .forgiving(
                                            rollout.state() == State.HALTED
                                                    ? failures
                                                    : rollout.forgiven()));
                });
    }

    @Override
    public View stop(UUID id, SiteScope sites) {
        Map<UUID, List<Device>> claims = Claims.of(parts.store().list(), everyBox());
        List<Device> boxes = claims.getOrDefault(id, List.of());
        return turn(
                id,
                sites,
                EnumSet.of(State.RUNNING, State.PAUSED, State.HALTED, State.DONE),
                (rollout, asked) ->
                        Decision.ended(
                                rollout.in(State.STOPPED, "", now()),
                                Decision.members(rollout, boxes, byAgent(asked), now())));
    }

    @Override
    public View rollBack(UUID id, SiteScope sites) {
        return turn(
                id,
                sites,
                EnumSet.complementOf(EnumSet.of(State.ROLLED_BACK)),
                (rollout, asked) -> {
                    if (!rollout.ofModels()) {
                        throw new FacetException(
                                ErrorCode.CONFLICT,
                                "boxes take no older release; roll a newer one out");
                    }
                    return Decision.rolledBack(rollout.in(State.ROLLED_BACK, "", now()), asked);
                });
    }

    private static Decision asItStands(Rollout rollout) {
        return new Decision(rollout, List.of(), List.of(), List.of());
    }

    private Instant now() {
        return parts.clock().instant();
    }

    private View turn(
            UUID id,
            SiteScope sites,
            Set<State> from,
            BiFunction<Rollout, List<Asked>, Decision> turning) {
        if (within(id, sites).isEmpty()) {
            throw none();
        }
        change(
                id,
                (rollout, asked) -> {
                    if (!from.contains(rollout.state())) {
                        throw new FacetException(
                                ErrorCode.CONFLICT,
                                "this roll-out is " + rollout.state().wireName().replace('_', ' '));
                    }
                    return turning.apply(rollout, asked);
                });
        return get(id, sites).orElseThrow(Rollouts::none);
    }

    private static FacetException none() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such roll-out");
    }
}
