package io.facet.edge.camera;

import io.facet.model.Liveness;
import java.util.List;

/** Liveness of a visit: the mean over its checks, so that one odd frame decides nothing. */
final class MeanLiveness {
    private final float threshold;
    private List<String> notPerformed = List.of("no_look_yet");
    private double sum;
    private int checks;

    MeanLiveness(float threshold) {
        this.threshold = threshold;
    }

    void add(Liveness liveness) {
        switch (liveness) {
            case Liveness.Performed performed -> {
                sum += performed.score();
                checks++;
            }
            case Liveness.NotPerformed not -> notPerformed = not.reasons();
        }
    }

    /** Performed as soon as one check ran. */
    Liveness verdict() {
        if (checks == 0) {
            return new Liveness.NotPerformed(notPerformed);
        }
        float mean = Math.clamp((float) (sum / checks), 0f, 1f);
        return new Liveness.Performed(mean >= threshold, mean);
    }

    /** Whether the checks that ran speak against a person being there. */
    boolean failed() {
        return checks > 0 && sum / checks < threshold;
    }
}
