package io.facet.hub.api.grpc;

import io.facet.hub.admission.RequestLimits;
import io.facet.hub.services.Auditor;
import io.facet.hub.services.HubServices;
import io.facet.model.Uuid7;
import io.facet.wire.rpc.v1.DeleteFaceRequest;
import io.facet.wire.rpc.v1.DeleteFaceResponse;
import io.facet.wire.rpc.v1.DetectFacesRequest;
import io.facet.wire.rpc.v1.DetectFacesResponse;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.GetFaceQualityRequest;
import io.facet.wire.rpc.v1.GetFaceQualityResponse;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.facet.wire.rpc.v1.ListFacesResponse;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesResponse;
import io.facet.wire.rpc.v1.RecognizeStreamRequest;
import io.facet.wire.rpc.v1.RecognizeStreamResponse;
import io.facet.wire.rpc.v1.RegisterFaceRequest;
import io.facet.wire.rpc.v1.RegisterFaceResponse;
import io.facet.wire.rpc.v1.UpdateFaceMetadataRequest;
import io.facet.wire.rpc.v1.UpdateFaceMetadataResponse;
import io.facet.wire.rpc.v1.VerifyFaceRequest;
import io.facet.wire.rpc.v1.VerifyFaceResponse;
import io.facet.wire.rpc.v1.VerifyLivenessRequest;
import io.facet.wire.rpc.v1.VerifyLivenessResponse;
import io.facet.wire.rpc.v1.WatchEventsRequest;
import io.facet.wire.rpc.v1.WatchEventsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/** The service: each call handed to the part that answers it. Thread-safe. */
final class FaceRecognitionService extends FaceRecognitionGrpc.FaceRecognitionImplBase {
    private final RpcAudit audit;
    private final Answers answers;
    private final Enrolled enrolled;
    private final Looks looks;
    private final EventStreams events;
    private final Executor executor;
    private final OpenStreams streams;
    private final RequestLimits limits;

    FaceRecognitionService(
            HubServices hub, Gate gate, Uuid7 ids, Executor executor, OpenStreams streams) {
        this.audit = new RpcAudit(Auditor.of(hub));
        this.answers = new Answers(audit);
        this.enrolled = new Enrolled(hub.people(), gate, new Once(hub.idempotency(), ids));
        this.looks = new Looks(hub.recognition(), hub.analysis(), gate);
        this.events = new EventStreams(hub.feed(), streams, hub.clock(), audit);
        this.executor = executor;
        this.streams = streams;
        this.limits = hub.safeguards().requests();
    }

    @Override
    public void registerFace(RegisterFaceRequest q, StreamObserver<RegisterFaceResponse> to) {
        answers.one(Rpc.REGISTER_FACE, q, to, () -> enrolled.register(q));
    }

    @Override
    public void recognizeFaces(RecognizeFacesRequest q, StreamObserver<RecognizeFacesResponse> to) {
        answers.one(Rpc.RECOGNIZE_FACES, q, to, () -> looks.recognize(q));
    }

    @Override
    public void listFaces(ListFacesRequest q, StreamObserver<ListFacesResponse> to) {
        answers.one(Rpc.LIST_FACES, q, to, () -> enrolled.list(q));
    }

    @Override
    public void deleteFace(DeleteFaceRequest q, StreamObserver<DeleteFaceResponse> to) {
        answers.one(Rpc.DELETE_FACE, q, to, () -> enrolled.delete(q));
    }

    @Override
    public void updateFaceMetadata(
            UpdateFaceMetadataRequest q, StreamObserver<UpdateFaceMetadataResponse> to) {
        answers.one(Rpc.UPDATE_FACE_METADATA, q, to, () -> enrolled.update(q));
    }

    @Override
    public void getFaceQuality(GetFaceQualityRequest q, StreamObserver<GetFaceQualityResponse> to) {
        answers.one(Rpc.GET_FACE_QUALITY, q, to, () -> looks.quality(q));
    }

    @Override
    public void verifyLiveness(VerifyLivenessRequest q, StreamObserver<VerifyLivenessResponse> to) {
        answers.one(Rpc.VERIFY_LIVENESS, q, to, () -> looks.liveness(q));
    }

    @Override
    public void verifyFace(VerifyFaceRequest q, StreamObserver<VerifyFaceResponse> to) {
        answers.one(Rpc.VERIFY_FACE, q, to, () -> looks.verify(q));
    }

    @Override
    public void detectFaces(DetectFacesRequest q, StreamObserver<DetectFacesResponse> to) {
        answers.one(Rpc.DETECT_FACES, q, to, () -> looks.detect(q));
    }

    @Override
    public void watchEvents(WatchEventsRequest q, StreamObserver<WatchEventsResponse> to) {
        events.watch(q, (ServerCallStreamObserver<WatchEventsResponse>) to);
    }

    @Override
    public StreamObserver<RecognizeStreamRequest> recognizeStream(
            StreamObserver<RecognizeStreamResponse> to) {
        return FrameStream.open(
                (ServerCallStreamObserver<RecognizeStreamResponse>) to,
                this::recognizeCounted,
                executor,
                streams,
                audit);
    }

    /** A picture of a run counts as a call. */
    private RecognizeFacesResponse recognizeCounted(RecognizeFacesRequest q) {
        limits.countKey(Caller.current().principal().id());
        return looks.recognize(q);
    }
}
