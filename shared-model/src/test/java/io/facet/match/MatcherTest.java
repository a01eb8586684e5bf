package io.facet.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facet.index.ExactIndex;
import io.facet.index.Vectors;
import io.facet.match.MatchDecision.Ambiguous;
import io.facet.match.MatchDecision.Candidate;
import io.facet.match.MatchDecision.Known;
import io.facet.match.MatchDecision.Unknown;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.PersonId;
import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.Calibration.Knot;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MatcherTest {
    private static final EmbeddingSpace SPACE = Vectors.space(4);
    private static final Calibration CALIBRATION =
            new Calibration(List.of(new Knot(-1, 0), new Knot(0.3f, 0.6f), new Knot(1, 1)));
    private static final MatchPolicy POLICY = new MatchPolicy(0.6f, 0.05f, 5);

    private final Gallery gallery = new Gallery(new ExactIndex(SPACE));
    private final Matcher matcher = new Matcher(gallery, CALIBRATION);

    @Test
    void clearlyNearestPersonIsKnown() {
        put(1, 1, unit(1, 0, 0, 0));
        put(2, 2, unit(0, 1, 0, 0));
        MatchDecision decision = matcher.decide(unit(0.9f, 0.1f, 0, 0), POLICY);
        assertThat(decision).isInstanceOf(Known.class);
        assertThat(((Known) decision).best().person()).isEqualTo(person(1));
        assertThat(decision.candidates())
                .extracting(Candidate::person)
                .containsExactly(person(1), person(2));
    }

    @Test
    void faceBelowTheThresholdIsUnknownWithTheNearestListed() {
        put(1, 1, unit(1, 0, 0, 0));
        MatchDecision decision = matcher.decide(unit(0.2f, 1, 0, 0), POLICY);
        assertThat(decision).isInstanceOf(Unknown.class);
        assertThat(decision.candidates()).hasSize(1);
        assertThat(decision.candidates().getFirst().similarity()).isCloseTo(0.196f, within(0.001f));
    }

    @Test
    void emptyGalleryKnowsNobody() {
        assertThat(matcher.decide(unit(1, 0, 0, 0), POLICY)).isEqualTo(new Unknown(List.of()));
    }

    @Test
    void twoPeopleWithinTheMarginAreAmbiguousEvenWhenOneResultIsAskedFor() {
        put(1, 1, unit(1, 0.1f, 0, 0));
        put(2, 2, unit(1, -0.1f, 0, 0));
        MatchDecision decision = matcher.decide(unit(1, 0, 0, 0), new MatchPolicy(0.6f, 0.05f, 1));
        assertThat(decision).isInstanceOf(Ambiguous.class);
        assertThat(decision.candidates()).hasSize(2);
    }

    @Test
    void manyTemplatesOfOnePersonDoNotHideTheNext() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            put(i, 1, Vectors.near(unit(1, 0, 0, 0), 0.1f, random));
        }
        put(999, 2, unit(0.9f, 0.45f, 0, 0));
        assertThat(matcher.decide(unit(1, 0, 0, 0), POLICY).candidates())
                .extracting(Candidate::person)
                .containsExactly(person(1), person(2));
    }

    @Test
    void oneOddTemplateNamesNobody() {
        put(1, 1, unit(1, 0, 0, 0));
        put(2, 1, unit(0.95f, 0.05f, 0.1f, 0));
        put(3, 1, unit(0.95f, 0.1f, 0, 0));
        put(4, 1, unit(0, 0, 0, 1)); // somebody else's picture, enrolled by mistake
        MatchDecision decision = matcher.decide(unit(-0.2f, 0, 0.1f, 1), POLICY);
        assertThat(decision).isInstanceOf(Unknown.class);
        assertThat(decision.candidates().getFirst().similarity()).isGreaterThan(0.9f);
        assertThat(decision.candidates().getFirst().confidence()).isLessThan(0.6f);
    }

    @Test
    void removedPersonIsUnknownAtOnce() {
        put(1, 1, unit(1, 0, 0, 0));
        put(2, 1, unit(0.9f, 0.1f, 0, 0));
        assertThat(gallery.people()).isEqualTo(1);
        assertThat(gallery.removePerson(person(1))).isEqualTo(2);
        assertThat(gallery.people()).isZero();
        assertThat(matcher.decide(unit(1, 0, 0, 0), POLICY).candidates()).isEmpty();
    }

    @Test
    void faceThatChangesItsOwnerCountsForTheNewOne() {
        put(1, 1, unit(1, 0, 0, 0));
        put(1, 2, unit(1, 0, 0, 0));
        assertThat(matcher.decide(unit(1, 0, 0, 0), POLICY).candidates())
                .extracting(Candidate::person)
                .containsExactly(person(2));
        assertThat(gallery.facesOf(person(1))).isEmpty();
    }

    @Test
    void probeOfAnotherSpaceIsRefused() {
        Embedding other =
                Embedding.normalised(
                        new EmbeddingSpace("f".repeat(16), 4), new float[] {1, 0, 0, 0});
        assertThatThrownBy(() -> matcher.decide(other, POLICY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The decision follows from the candidates and the policy alone, by the rules. */
    @Property(tries = 300)
    void decisionKeepsToThePolicy(
            @ForAll @IntRange(min = 0, max = 12) int faces,
            @ForAll @IntRange(min = 1, max = 5) int people,
            @ForAll @FloatRange(min = 0, max = 1) float threshold,
            @ForAll @FloatRange(min = 0, max = 0.3f) float margin,
            @ForAll @IntRange(min = 1, max = 6) int maxResults,
            @ForAll long seed) {
        Random random = new Random(seed);
        Gallery mine = new Gallery(new ExactIndex(SPACE));
        for (int i = 0; i < faces; i++) {
            mine.put(
                    Vectors.face(i), person(random.nextInt(people)), Vectors.random(SPACE, random));
        }
        MatchPolicy policy = new MatchPolicy(threshold, margin, maxResults);
        MatchDecision decision =
                new Matcher(mine, CALIBRATION).decide(Vectors.random(SPACE, random), policy);
        List<Candidate> c = decision.candidates();
        assertThat(c).extracting(Candidate::person).doesNotHaveDuplicates();
        assertThat(c)
                .isSortedAccordingTo((a, b) -> Float.compare(b.confidence(), a.confidence()))
                .hasSizeLessThanOrEqualTo(Math.max(2, maxResults));
        switch (decision) {
            case Known k -> {
                assertThat(k.best()).isEqualTo(c.getFirst());
                assertThat(k.best().confidence()).isGreaterThanOrEqualTo(threshold);
                if (c.size() > 1 && c.get(1).confidence() >= threshold) {
                    assertThat(k.best().confidence() - c.get(1).confidence())
                            .isGreaterThanOrEqualTo(margin);
                }
            }
            case Unknown _ -> assertThat(c).allMatch(x -> x.confidence() < threshold);
            case Ambiguous _ -> {
                assertThat(c.get(1).confidence()).isGreaterThanOrEqualTo(threshold);
                assertThat(c.get(0).confidence() - c.get(1).confidence()).isLessThan(margin);
            }
        }
    }

    private void put(int face, int person, Embedding embedding) {
        gallery.put(Vectors.face(face), person(person), embedding);
    }

    private static PersonId person(int number) {
        return new PersonId(new UUID(0x7000L, Long.MIN_VALUE | (1000 + number)));
    }

    private static Embedding unit(float... raw) {
        return Embedding.normalised(SPACE, raw);
    }
}
