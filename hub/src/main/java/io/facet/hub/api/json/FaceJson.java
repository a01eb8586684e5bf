package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.people.Face;
import io.facet.hub.people.PersonPage;
import io.facet.hub.recognition.RecognisedFace;
import io.facet.hub.recognition.RecognisedFace.Candidate;
import io.facet.hub.recognition.RecognitionService;
import io.facet.hub.recognition.RecognitionService.Recognition;
import io.facet.model.Box;
import io.facet.model.Liveness;
import io.facet.model.Person;
import io.facet.model.Quality;
import java.util.List;
import java.util.Locale;

/** Faces, people and what was recognised. */
public final class FaceJson {
    private FaceJson() {}

    /** An enrolled face. */
    public static ObjectNode face(Face face) {
        ObjectNode json = Json.object();
        json.put("face_id", face.id().toString());
        json.put("name", face.name());
        json.put("person_id", face.person().toString());
        json.put("quality_score", Json.rounded(face.quality().overall()));
        json.set("quality", quality(face.quality()));
        json.set("metadata", texts(face.metadata()));
        json.put("added_at", Json.time(face.addedAt()));
        json.put("picture_url", "/api/v1/faces/" + face.id() + "/picture.jpg");
        return json;
    }

    /** The components of a quality, each with value, limit, passed and its ISO/IEC 29794-5 name. */
    public static ObjectNode quality(Quality quality) {
        ObjectNode json = Json.object();
        json.put("overall", Json.rounded(quality.overall()));
        json.put("passed", quality.passed());
        for (Quality.Component component : quality.components()) {
            ObjectNode entry = json.putObject(component.key());
            entry.put("value", Json.rounded(component.value()));
            entry.put("limit", Json.rounded(component.limit()));
            entry.put("passed", component.passed());
            entry.put("iso_name", component.isoName());
            entry.put("hint", component.hint());
        }
        return json;
    }

    /** A person. */
    public static ObjectNode person(Person person, long faces) {
        ObjectNode json = Json.object();
        json.put("person_id", person.id().toString());
        json.put("name", person.name());
        json.put("external_id", person.externalId());
        json.set("metadata", texts(person.metadata()));
        json.put("face_count", faces);
        json.put("created_at", Json.time(person.createdAt()));
        return json;
    }

    /** A person of a page. */
    public static ObjectNode person(PersonPage.Entry entry) {
        return person(entry.person(), entry.faces());
    }

    /** A picture's faces. */
    public static ObjectNode recognition(Recognition recognition) {
        ObjectNode json = Json.object();
        json.put("width", recognition.width());
        json.put("height", recognition.height());
        json.set(
                "faces",
                Json.array(recognition.faces(), face -> recognised(face, recognition.rule())));
        return json;
    }

    private static ObjectNode recognised(RecognisedFace face, RecognitionService.Rule rule) {
        ObjectNode json = Json.object();
        json.set("box", box(face.face().box()));
        json.put("score", Json.rounded(face.face().score()));
        json.put("decision", decision(face.decision()));
        json.set("candidates", Json.array(face.candidates(), FaceJson::candidate));
        json.set("quality", quality(face.quality()));
        json.set("liveness", liveness(face.liveness()));
        json.set("trace", trace(face, rule));
        if (!face.expressions().isEmpty()) {
            ObjectNode expressions = json.putObject("expressions");
            face.expressions()
                    .forEach(score ->
                            expressions.put(
                                    score.expression().wireName(),
                                    Json.rounded(score.probability())));
        }
        return json;
    }

    /** What the decision rests on, for whoever asks why. */
    private static ObjectNode trace(RecognisedFace face, RecognitionService.Rule rule) {
        ObjectNode json = Json.object();
        json.put("threshold", Json.rounded(rule.threshold()));
        json.put("threshold_source", rule.source().name().toLowerCase(Locale.ROOT));
        json.put("margin", Json.rounded(rule.margin()));
        json.put("searched", rule.searched());
        json.put("quality_passed", face.quality().passed());
        face.quality()
                .failures()
                .map(Quality.Component::key)
                .forEach(json.putArray("failed_quality")::add);
        List<Candidate> candidates = face.candidates();
        if (candidates.isEmpty()) {
            json.putNull("best_confidence");
        } else {
            json.put("best_confidence", Json.rounded(candidates.getFirst().confidence()));
        }
        json.set(
                "runners_up",
                Json.array(candidates.stream().skip(1).toList(), FaceJson::candidate));
        return json;
    }

    private static String decision(RecognisedFace.Decision decision) {
        return switch (decision) {
            case RecognisedFace.Decision.Known _ -> "known";
            case RecognisedFace.Decision.Unknown _ -> "unknown";
            case RecognisedFace.Decision.Ambiguous _ -> "ambiguous";
            case RecognisedFace.Decision.TooPoor _ -> "too_poor";
            case RecognisedFace.Decision.Spoof _ -> "spoof";
        };
    }

    private static ObjectNode candidate(Candidate candidate) {
        ObjectNode json = Json.object();
        json.put("person_id", candidate.person().toString());
        json.put("face_id", candidate.face().toString());
        json.put("name", candidate.name());
        json.put("confidence", Json.rounded(candidate.confidence()));
        json.put("similarity", Json.rounded(candidate.similarity()));
        return json;
    }

    /** In pixels. */
    public static ObjectNode box(Box box) {
        ObjectNode json = Json.object();
        json.put("x", box.x());
        json.put("y", box.y());
        json.put("width", box.width());
        json.put("height", box.height());
        return json;
    }

    /** Performed with its score, or not performed and why. */
    public static ObjectNode liveness(Liveness liveness) {
        ObjectNode json = Json.object();
        switch (liveness) {
            case Liveness.Performed performed -> {
                json.put("performed", true);
                json.put("passed", performed.passed());
                json.put("score", Json.rounded(performed.score()));
                json.put("verdict", performed.verdict().wireName());
                performed.reasons().forEach(json.putArray("reasons")::add);
            }
            case Liveness.NotPerformed not -> {
                json.put("performed", false);
                not.reasons().forEach(json.putArray("not_performed_reasons")::add);
            }
        }
        return json;
    }

    private static ObjectNode texts(java.util.Map<String, String> texts) {
        ObjectNode json = Json.object();
        texts.forEach(json::put);
        return json;
    }
}
