package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("facefacefaceface", 128);

    private final Random random = new Random(3);
    private final Fusion fusion = new Fusion(SPACE);

    private float[] noise() {
        float[] values = new float[SPACE.dimension()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** A look at a person: the person's own numbers and as much of the moment's. */
    private Embedding look(float[] person) {
        float[] values = noise();
        for (int i = 0; i < values.length; i++) {
            values[i] += person[i];
        }
        return Embedding.normalised(SPACE, values);
    }

    @Test
    void oneLookIsItself() {
        Embedding look = look(noise());
        assertThat(fusion.add(look, 0.5f).similarity(look)).isCloseTo(1, within(1e-5f));
    }

    @Test
    void manyLooksAreMoreLikeThePersonThanAnyOneOfThemAndNoMoreLikeAnother() {
        float[] person = noise();
        Embedding truth = Embedding.normalised(SPACE, person);
        Embedding stranger = Embedding.normalised(SPACE, noise());
        float best = 0;
        Embedding fused = truth;
        for (int i = 0; i < 10; i++) {
            Embedding look = look(person);
            best = Math.max(best, look.similarity(truth));
            fused = fusion.add(look, 0.7f);
        }
        assertThat(fused.similarity(truth)).isGreaterThan(0.9f).isGreaterThan(best + 0.1f);
        assertThat(Math.abs(fused.similarity(stranger))).isLessThan(0.3f);
    }

    @Test
    void aGoodLookOutweighsSeveralPoorOnes() {
        Embedding good = Embedding.normalised(SPACE, noise());
        Embedding poor = Embedding.normalised(SPACE, noise());
        fusion.add(good, 0.9f);
        fusion.add(poor, 0.3f);
        Embedding fused = fusion.add(poor, 0.3f);
        assertThat(fused.similarity(good)).isGreaterThan(0.95f);
        assertThat(fused.similarity(poor)).isLessThan(0.4f);
    }
}
