package io.facet.edge.track;

import java.util.Arrays;

/**
 * Pairs rows with columns so that the sum of costs is least: the Hungarian method with potentials
 * (Kuhn 1955, Munkres 1957; shortest augmenting paths as by Jonker and Volgenant 1987), O(n^3).
 * Keeps its arrays; one thread.
 */
final class Assignment {
    /** A pair that must not be made; finite, so that sums stay numbers. */
    static final double FORBIDDEN = 1e6;

    private double[] rowPotential = new double[0];
    private double[] columnPotential = new double[0];
    private double[] slack = new double[0];
    private int[] rowOf = new int[0];
    private int[] previous = new int[0];
    private boolean[] done = new boolean[0];

    /**
     * Solves for {@code cost[row * columns + column]}.
     *
     * @param columnOf receives each row's column, -1 for none; at least {@code rows} long
     */
    void solve(double[] cost, int rows, int columns, int[] columnOf) {
        int n = Math.max(rows, columns);
        reserve(n + 1);
        for (int row = 1; row <= n; row++) {
            augment(cost, rows, columns, n, row);
        }
        Arrays.fill(columnOf, 0, rows, -1);
        for (int column = 1; column <= columns; column++) {
            int row = rowOf[column];
            if (row >= 1 && row <= rows && cost(cost, rows, columns, row, column) < FORBIDDEN) {
                columnOf[row - 1] = column - 1;
            }
        }
    }

    /** The square problem: missing rows and columns cost as much as a forbidden pair. */
    private static double cost(double[] cost, int rows, int columns, int row, int column) {
        return row > rows || column > columns ? FORBIDDEN : cost[(row - 1) * columns + column - 1];
    }

    /** Finds the shortest path from a free row to a free column and flips it. */
    private void augment(double[] cost, int rows, int columns, int n, int row) {
        rowOf[0] = row;
        int column = 0;
        Arrays.fill(slack, 0, n + 1, Double.POSITIVE_INFINITY);
        Arrays.fill(done, 0, n + 1, false);
        while (rowOf[column] != 0) {
            done[column] = true;
            int from = rowOf[column];
            int next = 0;
            double delta = Double.POSITIVE_INFINITY;
            for (int j = 1; j <= n; j++) {
                if (done[j]) {
                    continue;
                }
                double reduced =
                        cost(cost, rows, columns, from, j)
                                - rowPotential[from]
                                - columnPotential[j];
                if (reduced < slack[j]) {
                    slack[j] = reduced;
                    previous[j] = column;
                }
                if (slack[j] < delta) {
                    delta = slack[j];
                    next = j;
                }
            }
            shift(n, delta);
            column = next;
        }
        flip(column);
    }

    private void shift(int n, double delta) {
        for (int j = 0; j <= n; j++) {
            if (done[j]) {
                rowPotential[rowOf[j]] += delta;
                columnPotential[j] -= delta;
            } else {
                slack[j] -= delta;
            }
        }
    }

    private void flip(int freeColumn) {
        int column = freeColumn;
        while (column != 0) {
            int before = previous[column];
            rowOf[column] = rowOf[before];
            column = before;
        }
    }

    private void reserve(int size) {
        if (rowOf.length < size) {
            rowPotential = new double[size];
            columnPotential = new double[size];
            slack = new double[size];
            rowOf = new int[size];
            previous = new int[size];
            done = new boolean[size];
        }
        Arrays.fill(rowPotential, 0, size, 0);
        Arrays.fill(columnPotential, 0, size, 0);
        Arrays.fill(rowOf, 0, size, 0);
    }
}
