package io.facet.hub.api.grpc;

import io.facet.hub.recognition.RecognisedFace;
import io.facet.hub.recognition.RecognitionService.Recognition;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.wire.rpc.v1.Candidate;
import io.facet.wire.rpc.v1.Decision;
import io.facet.wire.rpc.v1.Expression;
import io.facet.wire.rpc.v1.Match;
import io.facet.wire.rpc.v1.RecognizeFacesResponse;
import io.facet.wire.rpc.v1.RecognizedFace;

/** Who was recognised, as messages. Stateless. */
final class RecognitionMessages {
    private RecognitionMessages() {}

    static RecognizeFacesResponse response(Recognition recognition) {
        RecognizeFacesResponse.Builder message =
                RecognizeFacesResponse.newBuilder()
                        .setWidth(recognition.width())
                        .setHeight(recognition.height())
                        .setThreshold(recognition.threshold());
        for (RecognisedFace face : recognition.faces()) {
            int index = message.getFacesCount();
            message.addFaces(face(face));
            face.candidates().stream()
                    .filter(c -> c.confidence() >= recognition.threshold())
                    .map(c -> match(c, face, index))
                    .forEach(message::addMatches);
        }
        return message.build();
    }

    private static Match match(RecognisedFace.Candidate c, RecognisedFace face, int index) {
        return Match.newBuilder()
                .setFaceId(c.face().toString())
                .setPersonId(c.person().toString())
                .setName(c.name())
                .setConfidence(c.confidence())
                .setSimilarity(c.similarity())
                .setFaceIndex(index)
                .setBox(FaceMessages.box(face.face().box()))
                .build();
    }

    private static RecognizedFace face(RecognisedFace face) {
        RecognizedFace.Builder message =
                RecognizedFace.newBuilder()
                        .setBox(FaceMessages.box(face.face().box()))
                        .setScore(face.face().score())
                        .setDecision(decision(face.decision()))
                        .setQuality(FaceMessages.quality(face.quality()))
                        .setLiveness(FaceMessages.liveness(face.liveness()));
        face.candidates().stream()
                .map(RecognitionMessages::candidate)
                .forEach(message::addCandidates);
        face.expressions().stream()
                .map(RecognitionMessages::expression)
                .forEach(message::addExpressions);
        return message.build();
    }

    private static Candidate candidate(RecognisedFace.Candidate c) {
        return Candidate.newBuilder()
                .setFaceId(c.face().toString())
                .setPersonId(c.person().toString())
                .setName(c.name())
                .setConfidence(c.confidence())
                .setSimilarity(c.similarity())
                .build();
    }

    private static Expression expression(ExpressionScore score) {
        return Expression.newBuilder()
                .setName(score.expression().wireName())
                .setProbability(score.probability())
                .build();
    }

    private static Decision decision(RecognisedFace.Decision decision) {
        return switch (decision) {
            case RecognisedFace.Decision.Known _ -> Decision.DECISION_KNOWN;
            case RecognisedFace.Decision.Unknown _ -> Decision.DECISION_UNKNOWN;
            case RecognisedFace.Decision.Ambiguous _ -> Decision.DECISION_AMBIGUOUS;
            case RecognisedFace.Decision.TooPoor _ -> Decision.DECISION_TOO_POOR;
            case RecognisedFace.Decision.Spoof _ -> Decision.DECISION_SPOOF;
        };
    }
}
