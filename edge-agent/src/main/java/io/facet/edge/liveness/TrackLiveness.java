package io.facet.edge.liveness;

import io.facet.model.Liveness;
import io.facet.model.Liveness.Verdict;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * Liveness of a visit: the mean of the networks' scores, so that one odd frame decides nothing, and
 * signs of a picture that only many looks, or none of the networks, can see.
 *
 * <p>Nothing against it is live. One sign makes a doubt, which stays one and never passes; two
 * agree on an attack, and so does a mean score below the threshold alone. Signs never make up for a
 * low score. Without the networks nothing is judged. One thread.
 */
public final class TrackLiveness {
    /** A mean of less than this above the threshold is a sign, too. */
    private static final float UNSURE = 0.1f;

    // Of all looks, as many must show a sign of a screen, and so many looks there must be.
    private static final float MOST_LOOKS = 0.6f;
    private static final int ENOUGH_LOOKS = 3;

    // After the first looks, while none showed a sign, only some are searched for one.
    private static final int FIRST_LOOKS = 5;
    private static final int EVERY = 4;

    private final float threshold;
    private final FlatCue flat = new FlatCue();
    private List<String> notPerformed = List.of("no_look_yet");
    private double sum;
    private int checks;
    private int looks;
    private int patterned;
    private int framed;

    /**
     * Of a visit that begins.
     *
     * @param threshold least mean score of somebody who is there
     */
    public TrackLiveness(float threshold) {
        this.threshold = threshold;
    }

    /** Takes the networks' opinion of a look, and what else the look shows. */
    public void look(LivenessTools tools, Image image, DetectedFace face, Liveness networks) {
        switch (networks) {
            case Liveness.Performed performed -> {
                sum += performed.score();
                checks++;
                if (looks < FIRST_LOOKS || patterned + framed > 0 || checks % EVERY == 0) {
                    looks++;
                    patterned += tools.pattern(image, face.box()) > ScreenSigns.PATTERN ? 1 : 0;
                    framed += tools.frame(image, face.box()) > ScreenSigns.FRAMED ? 1 : 0;
                }
            }
            case Liveness.NotPerformed not -> notPerformed = not.reasons();
        }
    }

    /** Takes a face in between: how it changes is seen in those. */
    public void glance(LivenessTools tools, Image image, DetectedFace face, long nanos) {
        if (checks > 0) {
            flat.look(tools, image, face.landmarks(), nanos);
        }
    }

    /** Performed as soon as one check ran. */
    public Liveness verdict() {
        if (checks == 0) {
            return new Liveness.NotPerformed(notPerformed);
        }
        float mean = Math.clamp((float) (sum / checks), 0f, 1f);
        List<String> reasons = signs(mean);
        Verdict verdict =
                switch (reasons.size()) {
                    case 0 -> Verdict.LIVE;
                    case 1 -> mean < threshold ? Verdict.SPOOF : Verdict.AMBIGUOUS;
                    default -> Verdict.SPOOF;
                };
        return new Liveness.Performed(verdict, mean, reasons);
    }

    private List<String> signs(float mean) {
        List<String> signs = new ArrayList<>(4);
        if (mean < Math.min(1, threshold + UNSURE)) {
            signs.add("network_score");
        }
        if (flat.isFlat()) {
            signs.add("flat_picture");
        }
        if (isMost(patterned)) {
            signs.add("screen_pattern");
        }
        if (isMost(framed)) {
            signs.add("framed");
        }
        return signs;
    }

    private boolean isMost(int count) {
        return looks >= ENOUGH_LOOKS && count >= MOST_LOOKS * looks;
    }

    /** Whether what was seen so far speaks for an attack. */
    public boolean failed() {
        return verdict() instanceof Liveness.Performed performed
                && performed.verdict() == Verdict.SPOOF;
    }
}
