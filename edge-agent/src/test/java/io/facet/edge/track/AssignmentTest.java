package io.facet.edge.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AssignmentTest {
    // Kept over all tries, as a tracker keeps it.
    private final Assignment assignment = new Assignment();

    @Property
    void nobodyFindsACheaperPairing(
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll long seed) {
        double[] cost = costs(rows, columns, new Random(seed));
        int[] columnOf = new int[rows];
        assignment.solve(cost, rows, columns, columnOf);
        assertThat(total(cost, columns, columnOf))
                .isCloseTo(
                        cheapest(cost, rows, columns, 0, new boolean[columns]),
                        org.assertj.core.data.Offset.offset(1e-6));
    }

    @Property
    void pairsAreOneToOneAndAllowed(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll long seed) {
        double[] cost = costs(rows, columns, new Random(seed));
        int[] columnOf = new int[rows];
        assignment.solve(cost, rows, columns, columnOf);
        Set<Integer> used = new HashSet<>();
        for (int row = 0; row < rows; row++) {
            if (columnOf[row] >= 0) {
                assertThat(used.add(columnOf[row])).isTrue();
                assertThat(cost[row * columns + columnOf[row]]).isLessThan(Assignment.FORBIDDEN);
            }
        }
    }

    private static double[] costs(int rows, int columns, Random random) {
        double[] cost = new double[rows * columns];
        for (int i = 0; i < cost.length; i++) {
            cost[i] = random.nextInt(3) == 0 ? Assignment.FORBIDDEN : random.nextDouble();
        }
        return cost;
    }

    private static double total(double[] cost, int columns, int[] columnOf) {
        double sum = 0;
        for (int row = 0; row < columnOf.length; row++) {
            sum += columnOf[row] < 0 ? Assignment.FORBIDDEN : cost[row * columns + columnOf[row]];
        }
        return sum;
    }

    /** By trying everything; an unpaired row costs as much as a forbidden pair. */
    private static double cheapest(double[] cost, int rows, int columns, int row, boolean[] used) {
        if (row == rows) {
            return 0;
        }
        double best = Assignment.FORBIDDEN + cheapest(cost, rows, columns, row + 1, used);
        for (int column = 0; column < columns; column++) {
            if (!used[column]) {
                used[column] = true;
                best =
                        Math.min(
                                best,
                                cost[row * columns + column]
                                        + cheapest(cost, rows, columns, row + 1, used));
                used[column] = false;
            }
        }
        return best;
    }
}
