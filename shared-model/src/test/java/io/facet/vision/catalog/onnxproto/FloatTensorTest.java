package io.facet.vision.catalog.onnxproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FloatTensorTest {
    @Test
    void transposesAMatrix() {
        FloatTensor matrix = new FloatTensor(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

        FloatTensor turned = matrix.transposed(1, 0);

        assertThat(turned.shape()).containsExactly(3, 2);
        assertThat(turned.values()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void turnsHeightWidthInOutIntoOutInHeightWidth() {
        float[] values = new float[2 * 3 * 4 * 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }

        FloatTensor kernel = new FloatTensor(values, 2, 3, 4, 5).transposed(3, 2, 0, 1);

        assertThat(kernel.shape()).containsExactly(5, 4, 2, 3);
        // out 1, in 2, row 1, column 0 was row 1, column 0, in 2, out 1.
        assertThat(kernel.values()[((1 * 4 + 2) * 2 + 1) * 3]).isEqualTo((1 * 3 * 4 + 2) * 5 + 1);
    }

    @Test
    void refusesAShapeThatDoesNotFit() {
        assertThatThrownBy(() -> new FloatTensor(new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
