package io.facet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import io.facet.eval.PairList.Pair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairListTest {
    @Test
    void headerOfTwoNumbersGivesThatManySets() {
        PairList pairs =
                PairList.parse(
                        List.of(
                                "2\t1",
                                "Ann_Lee\t1\t12",
                                "Ann_Lee\t1\tBob\t3",
                                "Cy\t2\t1",
                                "Cy\t1\tAnn_Lee\t1"));
        assertThat(pairs.sets()).hasSize(2);
        assertThat(pairs.sets().getFirst())
                .containsExactly(
                        new Pair(
                                Path.of("Ann_Lee/Ann_Lee_0001.jpg"),
                                Path.of("Ann_Lee/Ann_Lee_0012.jpg"),
                                true),
                        new Pair(
                                Path.of("Ann_Lee/Ann_Lee_0001.jpg"),
                                Path.of("Bob/Bob_0003.jpg"),
                                false));
        assertThat(pairs.pictures()).hasSize(5);
    }

    @Test
    void headerOfOneNumberGivesOneSet() {
        PairList pairs = PairList.parse(List.of("1", "A 1 2", "A 1 B 1"));
        assertThat(pairs.sets()).hasSize(1);
    }

    @Test
    void wrongLineIsNamed() {
        assertThatThrownBy(() -> PairList.parse(List.of("1", "A 1 B 1", "A 1 2")))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> PairList.parse(List.of("1", "A 1 x", "A 1 B 1")))
                .hasMessageContaining("'x'");
        assertThatThrownBy(() -> PairList.parse(List.of("3", "A 1 2")))
                .hasMessageContaining("more pairs");
        assertThatThrownBy(() -> PairList.parse(List.of())).isInstanceOf(FacetException.class);
    }
}
