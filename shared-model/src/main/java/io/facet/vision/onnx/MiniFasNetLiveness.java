package io.facet.vision.onnx;

import io.facet.model.Liveness;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.Image;
import io.facet.vision.liveness.LivenessDetector;
import io.facet.vision.liveness.Softmax;
import java.util.ArrayList;
import java.util.List;

/**
 * The MiniFASNet ensemble of Silent-Face-Anti-Spoofing: the mean over its networks of the softmax's
 * live class. A single picture's score is noisy; decide over a track where there is one.
 * Thread-safe.
 */
public final class MiniFasNetLiveness implements LivenessDetector, AutoCloseable {
    /** Below this the 80-pixel input is mostly made up by enlarging. */
    private static final float MIN_BOX = 32;

    /** Share of the box that must lie inside the picture. */
    private static final float MIN_INSIDE = 0.9f;

    private final List<Member> members;
    private final float threshold;

    private record Member(FaceNetwork network, ModelSpec.MiniFasNet spec) {}

    /**
     * Loads the networks.
     *
     * @param threshold least score that passes, 0 to 1
     */
    public MiniFasNetLiveness(
            OnnxRuntime runtime,
            List<ResolvedModel<ModelSpec.MiniFasNet>> models,
            float threshold) {
        this.threshold = threshold;
        this.members = new ArrayList<>();
        for (ResolvedModel<ModelSpec.MiniFasNet> model : models) {
            ModelSpec.MiniFasNet spec = model.spec();
            members.add(
                    new Member(
                            new FaceNetwork(
                                    runtime, model, spec.crop(), spec.output(), spec.classes()),
                            spec));
        }
    }

    @Override
    public Liveness check(Image image, DetectedFace face) {
        List<String> reasons = distrust(image, face);
        if (!reasons.isEmpty()) {
            return new Liveness.NotPerformed(reasons);
        }
        float score = score(image, face);
        return new Liveness.Performed(score >= threshold, score);
    }

    /** Why the networks would not see what they were trained on; empty when they would. */
    private static List<String> distrust(Image image, DetectedFace face) {
        List<String> reasons = new ArrayList<>();
        float inside = face.box().clipped(image.width(), image.height()).area();
        if (Math.min(face.box().width(), face.box().height()) < MIN_BOX) {
            reasons.add("face_too_small");
        }
        if (inside < MIN_INSIDE * face.box().area()) {
            reasons.add("face_at_edge");
        }
        return reasons;
    }

    private float score(Image image, DetectedFace face) {
        float sum = 0;
        for (Member member : members) {
            float[] logits =
                    member.network.run(List.of(new FaceInImage(image, face))).getFirst().row();
            sum += Softmax.of(logits)[member.spec.liveIndex()];
        }
        return sum / members.size();
    }

    @Override
    public void close() {
        members.forEach(member -> member.network.close());
    }
}
