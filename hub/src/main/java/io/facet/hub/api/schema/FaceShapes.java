package io.facet.hub.api.schema;

import static io.facet.hub.api.schema.Plain.ID;
import static io.facet.hub.api.schema.Plain.INTEGER;
import static io.facet.hub.api.schema.Plain.NUMBER;
import static io.facet.hub.api.schema.Plain.SHARE;
import static io.facet.hub.api.schema.Plain.TEXT;
import static io.facet.hub.api.schema.Plain.TEXTS;
import static io.facet.hub.api.schema.Plain.TIME;
import static io.facet.hub.api.schema.Plain.TRUTH;
import static io.facet.hub.api.schema.Schema.list;
import static io.facet.hub.api.schema.Schema.object;
import static io.facet.hub.api.schema.Schema.ref;
import static io.facet.hub.api.schema.Schema.words;

import io.facet.hub.api.schema.Schema.Fields;
import java.util.Map;

/** People, their faces, and what is seen in pictures. */
final class FaceShapes {
    private static final Fields PERSON =
            object().with("person_id", ID)
                    .with("name", TEXT)
                    .with("external_id", TEXT.orNull())
                    .with("metadata", TEXTS)
                    .with("face_count", INTEGER)
                    .with("created_at", TIME);

    private static final Fields FACE =
            object().with("face_id", ID)
                    .with("name", TEXT)
                    .with("person_id", ID)
                    .with("quality_score", SHARE)
                    .with("quality", ref("Quality"))
                    .with("metadata", TEXTS)
                    .with("added_at", TIME)
                    .with("picture_url", TEXT);

    private static final Fields FOUND = object().with("box", ref("Box")).with("score", SHARE);

    private FaceShapes() {}

    static void addTo(Map<String, Schema> all) {
        faces(all);
        pictures(all);
        checks(all);
    }

    private static void faces(Map<String, Schema> all) {
        all.put("Person", PERSON);
        all.put("PersonWithFaces", PERSON.and(object().with("faces", list(ref("Face")))));
        all.put("Face", FACE);
        all.put("EnrolledFace", FACE.and(object().with("new_person", TRUTH)));
        all.put(
                "QualityComponent",
                object().with("value", NUMBER)
                        .with("limit", NUMBER)
                        .with("passed", TRUTH)
                        .with("iso_name", TEXT)
                        .with("hint", TEXT));
        Schema component = ref("QualityComponent");
        all.put(
                "Quality",
                object().with("overall", SHARE)
                        .with("passed", TRUTH)
                        .with("sharpness", component)
                        .with("brightness", component)
                        .with("contrast", component)
                        .with("face_size", component)
                        .with("pose_deviation", component)
                        .with("eye_openness", component));
    }

    private static void pictures(Map<String, Schema> all) {
        all.put(
                "Box",
                object().with("x", NUMBER)
                        .with("y", NUMBER)
                        .with("width", NUMBER)
                        .with("height", NUMBER));
        all.put(
                "Liveness",
                object().with("performed", TRUTH)
                        .maybe("passed", TRUTH)
                        .maybe("score", SHARE)
                        .maybe("verdict", words("live", "spoof", "ambiguous"))
                        .maybe("reasons", list(TEXT))
                        .maybe("not_performed_reasons", list(TEXT)));
        all.put(
                "Candidate",
                object().with("person_id", ID)
                        .with("face_id", ID)
                        .with("name", TEXT)
                        .with("confidence", SHARE)
                        .with("similarity", NUMBER));
        all.put(
                "Trace",
                object().with("threshold", SHARE)
                        .with("threshold_source", words("system", "watchlist", "request"))
                        .with("margin", SHARE)
                        .with("searched", INTEGER)
                        .with("quality_passed", TRUTH)
                        .with("failed_quality", list(TEXT))
                        .with("best_confidence", SHARE.orNull())
                        .with("runners_up", list(ref("Candidate"))));
        all.put(
                "RecognisedFace",
                FOUND.with("decision", words("known", "unknown", "ambiguous", "too_poor", "spoof"))
                        .with("candidates", list(ref("Candidate")))
                        .with("quality", ref("Quality"))
                        .with("liveness", ref("Liveness"))
                        .maybe("expressions", Schema.mapOf(SHARE))
                        .with("trace", ref("Trace")));
        all.put("Recognition", picture(ref("RecognisedFace")));
        all.put("FoundFace", FOUND.with("landmarks", list(ref("Point"))));
        all.put("Point", object().with("x", NUMBER).with("y", NUMBER));
        all.put("Detection", picture(ref("FoundFace")));
        all.put("MeasuredFace", FOUND.with("quality", ref("Quality")));
        all.put("Measurement", picture(ref("MeasuredFace")));
    }

    private static void checks(Map<String, Schema> all) {
        all.put(
                "LivenessSession",
                object().with("session_id", TEXT)
                        .with("pictures", INTEGER)
                        .with("score", SHARE)
                        .with("passed", TRUTH)
                        .with("expires_at", TIME));
        all.put(
                "LivenessCheck",
                FOUND.with("width", INTEGER)
                        .with("height", INTEGER)
                        .with("liveness", ref("Liveness"))
                        .maybe("session", ref("LivenessSession")));
        all.put(
                "Verification",
                FOUND.with("verdict", words("match", "no_match", "spoof"))
                        .with("match", TRUTH)
                        .with("threshold", SHARE)
                        .maybe("confidence", SHARE)
                        .maybe("similarity", NUMBER)
                        .maybe("face_id", ID)
                        .with("quality", ref("Quality"))
                        .with("liveness", ref("Liveness")));
    }

    private static Fields picture(Schema face) {
        return object().with("width", INTEGER).with("height", INTEGER).with("faces", list(face));
    }
}
