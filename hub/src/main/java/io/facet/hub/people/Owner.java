package io.facet.hub.people;

import io.facet.hub.people.EnrolOutcome.Duplicate;
import io.facet.hub.search.MasterIndex;
import io.facet.match.MatchDecision;
import io.facet.match.MatchPolicy;
import io.facet.model.Embedding;
import io.facet.model.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Whose face is being enrolled. */
sealed interface Owner {
    /** Somebody who is known. */
    record Existing(PersonId person) implements Owner {}

    /** Somebody new. */
    record Stranger() implements Owner {}

    /** The face is somebody's, and not the one's it is said to be. */
    record Taken(Duplicate duplicate) implements Owner {}

    /** Decides by what was asked for and who looks the same. Thread-safe. */
    record Finder(MasterIndex index, PeopleStore store, Supplier<Float> limit) {
        private static final int LOOKALIKES = 5;

        /**
         * The owner.
         *
         * @param said the person the caller named, by id or external id
         */
        Owner find(Embedding template, Optional<PersonId> said, Enrolment wish) {
            Owner asked = said.<Owner>map(Existing::new).orElseGet(Stranger::new);
            List<MatchDecision.Candidate> alike =
                    wish.onDuplicate() == OnDuplicate.ALLOW ? List.of() : lookalikes(template);
            if (alike.isEmpty()) {
                return asked;
            }
            Map<PersonId, String> names =
                    store.names(alike.stream().map(MatchDecision.Candidate::person).toList());
            if (wish.onDuplicate() == OnDuplicate.LINK) {
                Optional<PersonId> agreed =
                        alike.stream()
                                .map(MatchDecision.Candidate::person)
                                .filter(p -> agrees(p, said, names, wish.name()))
                                .findFirst();
                if (agreed.isPresent()) {
                    return new Existing(agreed.get());
                }
            }
            MatchDecision.Candidate best = alike.getFirst();
            return new Taken(
                    new Duplicate(
                            best.face(),
                            best.person(),
                            names.getOrDefault(best.person(), ""),
                            best.confidence(),
                            best.similarity()));
        }

        private static boolean agrees(
                PersonId alike,
                Optional<PersonId> said,
                Map<PersonId, String> names,
                String saidName) {
            return said.map(alike::equals)
                    .orElseGet(() ->
                            names.getOrDefault(alike, "")
                                    .strip()
                                    .equalsIgnoreCase(saidName.strip()));
        }

        private List<MatchDecision.Candidate> lookalikes(Embedding template) {
            float threshold = limit.get();
            return index
                    .match(template, new MatchPolicy(threshold, 0, LOOKALIKES))
                    .candidates()
                    .stream()
                    .filter(c -> c.confidence() >= threshold)
                    .toList();
        }
    }
}
