package io.facet.index;

import java.util.Arrays;

/**
 * The best few of many scored rows: a binary heap with the worst on top, in arrays that are used
 * again. Owned by one search at a time.
 */
final class TopCandidates {
    private int[] scores = new int[0];
    private int[] rows = new int[0];
    private int limit;
    private int size;

    /** Forgets everything and keeps up to {@code count} from now on. */
    void reset(int count) {
        limit = count;
        size = 0;
        if (scores.length < count) {
            scores = Arrays.copyOf(scores, count);
            rows = Arrays.copyOf(rows, count);
        }
    }

    int size() {
        return size;
    }

    /** A kept row, in no order. */
    int row(int i) {
        return rows[i];
    }

    /** Scores up to this need not be offered. */
    int floor() {
        return size < limit ? Integer.MIN_VALUE : scores[0];
    }

    /** Keeps a row when it is among the best so far. */
    void offer(int score, int row) {
        if (size < limit) {
            size++;
            rise(size - 1, score, row);
        } else if (score > scores[0]) {
            sink(score, row);
        }
    }

    private void rise(int from, int score, int row) {
        int at = from;
        while (at > 0 && scores[(at - 1) / 2] > score) {
            set(at, scores[(at - 1) / 2], rows[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        set(at, score, row);
    }

    private void sink(int score, int row) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && scores[child + 1] < scores[child]) {
                child++;
            }
            if (scores[child] >= score) {
                break;
            }
            set(at, scores[child], rows[child]);
            at = child;
        }
        set(at, score, row);
    }

    private void set(int at, int score, int row) {
        scores[at] = score;
        rows[at] = row;
    }
}
