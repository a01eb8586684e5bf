package io.facet.hub.recognition;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.people.PeopleStore;
import io.facet.hub.people.Pictures;
import io.facet.hub.recognition.RecognisedFace.Candidate;
import io.facet.hub.recognition.RecognisedFace.Decision;
import io.facet.hub.search.MasterIndex;
import io.facet.hub.watchlists.WatchlistService;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The recognition service over the master index. Thread-safe. */
public final class Recognitions implements RecognitionService {
    private final Analyses analyses;
    private final MasterIndex index;
    private final PeopleStore people;
    private final WatchlistService watchlists;
    private final Supplier<FacetConfig.Recognition> config;

    public Recognitions(
            Vision vision,
            Pictures pictures,
            MasterIndex index,
            PeopleStore people,
            WatchlistService watchlists,
            Supplier<FacetConfig.Recognition> config,
            InstantSource clock) {
        this.analyses =
                new Analyses(
                        vision,
                        pictures,
                        new Vision.Wanted(false, true, config.get().expression()),
                        clock);
        this.index = index;
        this.people = people;
        this.watchlists = watchlists;
        this.config = config;
    }

    @Override
    public Recognition recognise(byte[] file, Options options) {
        FacetConfig.Recognition present = config.get();
        Optional<Set<PersonId>> among = options.watchlist().map(watchlists::everybody);
        Rule rule = rule(options, present, among);
        MatchPolicy policy = policy(rule, options, present);
        Analyses.Analysis seen = analyses.of(file);
        List<FaceOutcome> faces = seen.faces();
        Map<FaceOutcome, MatchDecision> decisions = new HashMap<>();
        for (FaceOutcome face : faces) {
            if (face instanceof FaceOutcome.Ready ready) {
                decisions.put(
                        face,
                        among.isPresent()
                                ? index.match(ready.embedding(), among.get(), policy)
                                : index.match(ready.embedding(), policy));
            }
        }
        Map<PersonId, String> names = names(decisions);
        return new Recognition(
                seen.width(),
                seen.height(),
                faces.stream().map(face -> recognised(face, decisions, names)).toList(),
                rule);
    }

    private Rule rule(
            Options options, FacetConfig.Recognition present, Optional<Set<PersonId>> among) {
        int searched = among.map(Set::size).orElseGet(index::size);
        Optional<Float> list = options.watchlist().flatMap(watchlists::threshold);
        if (options.threshold().isPresent()) {
            return new Rule(
                    (float) options.threshold().getAsDouble(),
                    Source.REQUEST,
                    present.margin(),
                    searched);
        }
        return new Rule(
                list.orElse(present.threshold()),
                list.isPresent() ? Source.WATCHLIST : Source.SYSTEM,
                present.margin(),
                searched);
    }

    private static MatchPolicy policy(Rule rule, Options options, FacetConfig.Recognition present) {
        try {
            return new MatchPolicy(
                    rule.threshold(),
                    rule.margin(),
                    options.maxResults().orElse(present.maxResults()));
        } catch (IllegalArgumentException wrong) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "threshold is 0 to 1 and max_results 1 to 100",
                    wrong);
        }
    }

    private Map<PersonId, String> names(Map<FaceOutcome, MatchDecision> decisions) {
        Set<PersonId> ids =
                decisions.values().stream()
                        .flatMap(d -> d.candidates().stream())
                        .map(MatchDecision.Candidate::person)
                        .collect(Collectors.toSet());
        return people.names(ids);
    }

    private static RecognisedFace recognised(
            FaceOutcome face,
            Map<FaceOutcome, MatchDecision> decisions,
            Map<PersonId, String> names) {
        return switch (face) {
            case FaceOutcome.Ready ready -> {
                MatchDecision decision =
                        decisions.getOrDefault(face, new MatchDecision.Unknown(List.of()));
                yield new RecognisedFace(
                        ready.face(),
                        ready.quality(),
                        ready.liveness(),
                        ready.expressions(),
                        decision(decision, names),
                        decision.candidates().stream().map(c -> candidate(c, names)).toList());
            }
            case FaceOutcome.TooPoor poor ->
                    new RecognisedFace(
                            poor.face(),
                            poor.quality(),
                            new Liveness.NotPerformed(List.of("quality_too_low")),
                            List.of(),
                            new Decision.TooPoor(),
                            List.of());
            case FaceOutcome.Spoof spoof ->
                    new RecognisedFace(
                            spoof.face(),
                            spoof.quality(),
                            spoof.liveness(),
                            List.of(),
                            new Decision.Spoof(),
                            List.of());
        };
    }

    private static Decision decision(MatchDecision decision, Map<PersonId, String> names) {
        return switch (decision) {
            case MatchDecision.Known known -> new Decision.Known(candidate(known.best(), names));
            case MatchDecision.Unknown _ -> new Decision.Unknown();
            case MatchDecision.Ambiguous _ -> new Decision.Ambiguous();
        };
    }

    /** A person erased while the search ran has no name any more. */
    private static Candidate candidate(MatchDecision.Candidate c, Map<PersonId, String> names) {
        return new Candidate(
                c.person(),
                c.face(),
                names.getOrDefault(c.person(), ""),
                c.confidence(),
                c.similarity());
    }
}
