package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.recognition.FaceAnalysis;
import io.facet.hub.recognition.FaceAnalysis.LivenessCheck;
import io.facet.hub.recognition.FaceAnalysis.Measured;
import io.facet.hub.recognition.FaceAnalysis.MeasuredFace;
import io.facet.hub.recognition.FaceAnalysis.Session;
import io.facet.hub.recognition.FaceAnalysis.Verdict;
import io.facet.hub.recognition.FaceAnalysis.Verification;
import io.facet.hub.recognition.RecognitionService;
import io.facet.hub.recognition.RecognitionService.Options;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.wire.rpc.v1.DetectFacesRequest;
import io.facet.wire.rpc.v1.DetectFacesResponse;
import io.facet.wire.rpc.v1.DetectedFace;
import io.facet.wire.rpc.v1.GetFaceQualityRequest;
import io.facet.wire.rpc.v1.GetFaceQualityResponse;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesResponse;
import io.facet.wire.rpc.v1.VerifyFaceRequest;
import io.facet.wire.rpc.v1.VerifyFaceResponse;
import io.facet.wire.rpc.v1.VerifyLivenessRequest;
import io.facet.wire.rpc.v1.VerifyLivenessResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** The calls that look at a picture and change nothing. Thread-safe. */
record Looks(RecognitionService recognition, FaceAnalysis analysis, Gate gate) {
    RecognizeFacesResponse recognize(RecognizeFacesRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        Options options =
                Asked.options(
                        q.hasThreshold(), q.getThreshold(), q.hasMaxResults(), q.getMaxResults());
        return gate.run(
                image.length,
                () -> RecognitionMessages.response(recognition.recognise(image, options)));
    }

    GetFaceQualityResponse quality(GetFaceQualityRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        List<MeasuredFace> faces = gate.run(image.length, () -> analysis.quality(image)).faces();
        MeasuredFace largest =
                faces.stream()
                        .max(Comparator.comparingDouble(f -> f.face().box().area()))
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.NO_FACE,
                                        "no face was found; use a picture with one face, seen"
                                                + " from the front"));
        return GetFaceQualityResponse.newBuilder()
                .setQuality(FaceMessages.quality(largest.quality()))
                .setBox(FaceMessages.box(largest.face().box()))
                .setFaceCount(faces.size())
                .build();
    }

    VerifyLivenessResponse liveness(VerifyLivenessRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        String caller = Caller.current().principal().id();
        Optional<Session> session =
                Optional.of(q.getSessionId())
                        .filter(id -> !id.isEmpty())
                        .map(id -> new Session(id, caller));
        LivenessCheck check = gate.run(image.length, () -> analysis.liveness(image, session));
        VerifyLivenessResponse.Builder answer =
                VerifyLivenessResponse.newBuilder()
                        .setLiveness(FaceMessages.liveness(check.liveness()))
                        .setBox(FaceMessages.box(check.face().box()));
        if (check.liveness() instanceof Liveness.Performed performed) {
            answer.setLivenessScore(performed.score()).setLive(performed.passed());
        }
        check.session()
                .ifPresent(s ->
                        answer.setLivenessScore(s.score())
                                .setLive(s.passed())
                                .setSessionImages(s.pictures())
                                .setSessionExpiresAt(FaceMessages.time(s.expiresAt())));
        return answer.build();
    }

    VerifyFaceResponse verify(VerifyFaceRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        Supplier<Verification> comparison =
                comparison(q, image, Asked.threshold(q.hasThreshold(), q.getThreshold()));
        Verification v = gate.run(q.getSerializedSize(), comparison);
        VerifyFaceResponse.Builder answer =
                VerifyFaceResponse.newBuilder()
                        .setVerified(v.verdict() == Verdict.MATCH)
                        .setThreshold(v.threshold())
                        .setQuality(FaceMessages.quality(v.quality()))
                        .setLiveness(FaceMessages.liveness(v.liveness()));
        v.likeness()
                .ifPresent(likeness -> {
                    answer.setConfidence(likeness.confidence());
                    answer.setSimilarity(likeness.similarity());
                    likeness.face().ifPresent(face -> answer.setFaceId(face.toString()));
                });
        return answer.build();
    }

    private Supplier<Verification> comparison(
            VerifyFaceRequest q, byte[] image, OptionalDouble threshold) {
        return switch (q.getReferenceCase()) {
            case REFERENCE_IMAGE_DATA -> {
                byte[] other = Images.bytes(q.getReferenceImageData(), "reference_image_data");
                yield () -> analysis.verify(image, other, threshold);
            }
            case PERSON_ID -> {
                PersonId person = PersonId.parse(q.getPersonId());
                yield () -> analysis.verify(image, person, threshold);
            }
            case REFERENCE_NOT_SET ->
                    throw new FacetException(
                            ErrorCode.INVALID_ARGUMENT,
                            "send reference_image_data or person_id to compare with");
        };
    }

    DetectFacesResponse detect(DetectFacesRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        Measured found = gate.run(image.length, () -> analysis.quality(image));
        DetectFacesResponse.Builder answer =
                DetectFacesResponse.newBuilder().setWidth(found.width()).setHeight(found.height());
        for (MeasuredFace f : found.faces()) {
            answer.addFaces(
                    DetectedFace.newBuilder()
                            .setBox(FaceMessages.box(f.face().box()))
                            .setScore(f.face().score())
                            .setLandmarks(FaceMessages.landmarks(f.face().landmarks()))
                            .setQuality(FaceMessages.quality(f.quality())));
        }
        return answer.build();
    }
}
