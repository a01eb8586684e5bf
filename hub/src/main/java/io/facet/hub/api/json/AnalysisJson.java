package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.recognition.FaceAnalysis.Detected;
import io.facet.hub.recognition.FaceAnalysis.LivenessCheck;
import io.facet.hub.recognition.FaceAnalysis.Measured;
import io.facet.hub.recognition.FaceAnalysis.MeasuredFace;
import io.facet.hub.recognition.FaceAnalysis.SessionScore;
import io.facet.hub.recognition.FaceAnalysis.Verdict;
import io.facet.hub.recognition.FaceAnalysis.Verification;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import java.util.Locale;

/** What a picture shows short of who it is. */
public final class AnalysisJson {
    private AnalysisJson() {}

    /** Where faces are. */
    public static ObjectNode detected(Detected detected) {
        ObjectNode json = Json.object();
        json.put("width", detected.width());
        json.put("height", detected.height());
        json.set("faces", Json.array(detected.faces(), AnalysisJson::withLandmarks));
        return json;
    }

    private static ObjectNode withLandmarks(DetectedFace face) {
        ObjectNode json = found(face);
        ArrayNode points = json.putArray("landmarks");
        face.landmarks().points().forEach(point -> points.add(point(point)));
        return json;
    }

    private static ObjectNode point(Point point) {
        ObjectNode json = Json.object();
        json.put("x", point.x());
        json.put("y", point.y());
        return json;
    }

    private static ObjectNode found(DetectedFace face) {
        ObjectNode json = Json.object();
        json.set("box", FaceJson.box(face.box()));
        json.put("score", Json.rounded(face.score()));
        return json;
    }

    /** How good faces are. */
    public static ObjectNode measured(Measured measured) {
        ObjectNode json = Json.object();
        json.put("width", measured.width());
        json.put("height", measured.height());
        json.set("faces", Json.array(measured.faces(), AnalysisJson::measured));
        return json;
    }

    private static ObjectNode measured(MeasuredFace face) {
        ObjectNode json = found(face.face());
        json.set("quality", FaceJson.quality(face.quality()));
        return json;
    }

    /** Whether somebody is present. */
    public static ObjectNode liveness(LivenessCheck check) {
        ObjectNode json = found(check.face());
        json.put("width", check.width());
        json.put("height", check.height());
        json.set("liveness", FaceJson.liveness(check.liveness()));
        check.session().ifPresent(session -> json.set("session", session(session)));
        return json;
    }

    private static ObjectNode session(SessionScore session) {
        ObjectNode json = Json.object();
        json.put("session_id", session.id());
        json.put("pictures", session.pictures());
        json.put("score", Json.rounded(session.score()));
        json.put("passed", session.passed());
        json.put("expires_at", Json.time(session.expiresAt()));
        return json;
    }

    /** Whether two are one. */
    public static ObjectNode verification(Verification verification) {
        ObjectNode json = found(verification.face());
        json.put("verdict", verification.verdict().name().toLowerCase(Locale.ROOT));
        json.put("match", verification.verdict() == Verdict.MATCH);
        json.put("threshold", Json.rounded(verification.threshold()));
        verification
                .likeness()
                .ifPresent(likeness -> {
                    json.put("confidence", Json.rounded(likeness.confidence()));
                    json.put("similarity", Json.rounded(likeness.similarity()));
                    likeness.face().ifPresent(face -> json.put("face_id", face.toString()));
                });
        json.set("quality", FaceJson.quality(verification.quality()));
        json.set("liveness", FaceJson.liveness(verification.liveness()));
        return json;
    }
}
