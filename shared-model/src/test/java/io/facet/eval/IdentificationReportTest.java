package io.facet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.eval.IdentificationReport.Answer;
import io.facet.match.MatchDecision;
import io.facet.match.MatchDecision.Candidate;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentificationReportTest {
    private static final PersonId ANN = new PersonId(new UUID(0x7000, 1));
    private static final PersonId BOB = new PersonId(new UUID(0x7000, 2));

    @Test
    void thresholdFollowsFromTheStrangers() {
        IdentificationReport r =
                IdentificationReport.of(
                        "p",
                        2,
                        2,
                        List.of(
                                answer(ANN, ANN, 0.9f),
                                answer(ANN, ANN, 0.7f),
                                answer(BOB, BOB, 0.65f),
                                answer(BOB, ANN, 0.95f),
                                answer(null, BOB, 0.68f),
                                answer(null, ANN, 0.2f)),
                        0);
        assertThat(r.rank1()).isEqualTo(0.75);
        // No stranger may be named: above 0.68 two of the four are named rightly.
        assertThat(r.fnirAtFpir0()).isCloseTo(0.5, within(1e-9));
        assertThat(r.knownRight()).isEqualTo(3);
        assertThat(r.unknownNamed()).isEqualTo(1);
        assertThat(r.knownProbes()).isEqualTo(4);
        assertThat(r.unknownProbes()).isEqualTo(2);
    }

    private static Answer answer(@Nullable PersonId truth, PersonId first, float confidence) {
        Candidate candidate =
                new Candidate(first, new FaceId(new UUID(0x7000, 9)), 0.5f, confidence);
        return new Answer(
                truth,
                confidence >= 0.6f
                        ? new MatchDecision.Known(candidate, List.of(candidate))
                        : new MatchDecision.Unknown(List.of(candidate)));
    }
}
