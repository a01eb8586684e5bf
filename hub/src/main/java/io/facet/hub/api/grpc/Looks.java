package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.recognition.FaceChecks;
import io.facet.hub.recognition.FaceChecks.Detections;
import io.facet.hub.recognition.FaceChecks.LivenessCheck;
import io.facet.hub.recognition.FaceChecks.QualityCheck;
import io.facet.hub.recognition.FaceChecks.Reference;
import io.facet.hub.recognition.FaceChecks.Session;
import io.facet.hub.recognition.FaceChecks.Verification;
import io.facet.hub.recognition.RecognitionService;
import io.facet.hub.recognition.RecognitionService.Options;
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
import java.util.Optional;
import java.util.OptionalDouble;

/** The calls that look at a picture and change nothing. Thread-safe. */
record Looks(RecognitionService recognition, FaceChecks checks, Gate gate) {
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
        QualityCheck check = gate.run(image.length, () -> checks.quality(image));
        return GetFaceQualityResponse.newBuilder()
                .setQuality(FaceMessages.quality(check.quality()))
                .setBox(FaceMessages.box(check.box()))
                .setFaceCount(check.faces())
                .build();
    }

    VerifyLivenessResponse liveness(VerifyLivenessRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        String caller = Caller.current().principal().id();
        Optional<Session> session =
                Optional.of(q.getSessionId())
                        .filter(id -> !id.isEmpty())
                        .map(id -> new Session(caller, id));
        LivenessCheck check = gate.run(image.length, () -> checks.liveness(image, session));
        VerifyLivenessResponse.Builder answer =
                VerifyLivenessResponse.newBuilder()
                        .setLive(check.live())
                        .setLiveness(FaceMessages.liveness(check.picture()))
                        .setBox(FaceMessages.box(check.box()));
        check.score().ifPresent(answer::setLivenessScore);
        check.session()
                .ifPresent(s ->
                        answer.setSessionImages(s.images())
                                .setSessionExpiresAt(FaceMessages.time(s.expiresAt())));
        return answer.build();
    }

    VerifyFaceResponse verify(VerifyFaceRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        Reference reference = reference(q);
        OptionalDouble threshold = Asked.threshold(q.hasThreshold(), q.getThreshold());
        Verification v =
                gate.run(q.getSerializedSize(), () -> checks.verify(image, reference, threshold));
        VerifyFaceResponse.Builder answer =
                VerifyFaceResponse.newBuilder()
                        .setVerified(v.verified())
                        .setConfidence(v.confidence())
                        .setSimilarity(v.similarity())
                        .setThreshold(v.threshold())
                        .setQuality(FaceMessages.quality(v.quality()))
                        .setLiveness(FaceMessages.liveness(v.liveness()));
        v.nearest().ifPresent(face -> answer.setFaceId(face.toString()));
        return answer.build();
    }

    private static Reference reference(VerifyFaceRequest q) {
        return switch (q.getReferenceCase()) {
            case REFERENCE_IMAGE_DATA ->
                    new Reference.Picture(
                            Images.bytes(q.getReferenceImageData(), "reference_image_data"));
            case PERSON_ID -> new Reference.OfPerson(PersonId.parse(q.getPersonId()));
            case REFERENCE_NOT_SET ->
                    throw new FacetException(
                            ErrorCode.INVALID_ARGUMENT,
                            "send reference_image_data or person_id to compare with");
        };
    }

    DetectFacesResponse detect(DetectFacesRequest q) {
        byte[] image = Images.bytes(q.getImageData());
        Detections found = gate.run(image.length, () -> checks.detect(image));
        DetectFacesResponse.Builder answer =
                DetectFacesResponse.newBuilder().setWidth(found.width()).setHeight(found.height());
        for (Detections.Found f : found.faces()) {
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
