package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.match.MatchDecision;
import io.facet.match.MatchDecision.Candidate;
import io.facet.model.FaceId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VoteTest {
    private static final MatchDecision NOBODY = new MatchDecision.Unknown(List.of());
    private static final MatchDecision TWO = new MatchDecision.Ambiguous(List.of());

    private final Vote vote = new Vote(0.6f);

    private static MatchDecision known(int who, double confidence) {
        Candidate candidate =
                new Candidate(
                        Scene.person(who), new FaceId(new UUID(8, who)), 0.5f, (float) confidence);
        return new MatchDecision.Known(candidate, List.of(candidate));
    }

    private void add(MatchDecision decision, int times) {
        for (int i = 0; i < times; i++) {
            vote.add(decision, 0.8f);
        }
    }

    @Test
    void oneMatchIsEnoughWhenOneIsAskedFor() {
        add(known(0, 0.7), 1);
        assertThat(vote.leader(1)).isPresent();
        assertThat(vote.leader(2)).isEmpty();
    }

    @Test
    void theLeaderIsShownByTheBestLook() {
        add(known(0, 0.7), 1);
        add(known(0, 0.9), 1);
        add(known(0, 0.65), 3);
        assertThat(vote.leader(1).orElseThrow().confidence()).isEqualTo(0.9f);
    }

    @Test
    void aSingleMatchAmongStrangersDoesNotLead() {
        add(NOBODY, 3);
        add(known(0, 0.65), 1);
        assertThat(vote.leader(1)).isEmpty();
        assertThat(vote.isNobody()).isTrue();
    }

    @Test
    void laterLooksOutweighEarlierOnes() {
        add(known(0, 0.7), 3);
        add(known(1, 0.7), 6);
        assertThat(vote.leader(2).orElseThrow().person()).isEqualTo(Scene.person(1));
    }

    @Test
    void aNameCollapsesAfterSomeLooksThatMatchNobody() {
        add(known(0, 0.7), 1);
        add(NOBODY, 1);
        assertThat(vote.collapsed()).isFalse();
        add(NOBODY, 3);
        assertThat(vote.collapsed()).isTrue();
    }

    @Test
    void ambiguousLooksAreNeitherSomebodyNorNobody() {
        add(TWO, 4);
        assertThat(vote.leader(1)).isEmpty();
        assertThat(vote.isNobody()).isFalse();
    }

    @Test
    void goodLooksWeighMore() {
        vote.add(known(0, 0.7), 0.9f);
        vote.add(NOBODY, 0.2f);
        vote.add(NOBODY, 0.2f);
        assertThat(vote.leader(1)).isPresent();
    }

    @Test
    void toReplaceSomebodyTakesMoreThanToLead() {
        add(known(0, 0.7), 2);
        add(known(1, 0.7), 2);
        assertThat(vote.leader(2).orElseThrow().person()).isEqualTo(Scene.person(1));
        assertThat(vote.successor(2)).isEmpty();
        add(known(1, 0.7), 1);
        assertThat(vote.successor(2).orElseThrow().person()).isEqualTo(Scene.person(1));
    }
}
