package io.facet.hub.api.grpc;

import static io.facet.hub.api.grpc.GrpcHub.image;
import static io.facet.hub.api.grpc.GrpcHub.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditStore;
import io.facet.hub.security.Role;
import io.facet.hub.testing.EmbeddedSql;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.model.FaceId;
import io.facet.wire.rpc.v1.DeleteFaceRequest;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.facet.wire.rpc.v1.RecognizeStreamRequest;
import io.facet.wire.rpc.v1.RecognizeStreamResponse;
import io.facet.wire.rpc.v1.RegisterFaceRequest;
import io.facet.wire.rpc.v1.RegisterFaceResponse;
import io.facet.wire.rpc.v1.WatchEventsRequest;
import io.facet.wire.rpc.v1.WatchEventsResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of gRPC is in the log of who did what. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // started before the tests
class GrpcAuditIT {
    private static final AuditStore.AuditQuery ALL =
            new AuditStore.AuditQuery(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    1000);

    @TempDir static Path data;

    private static GrpcHub hub;

    @BeforeAll
    static void start() {
        hub = GrpcHub.in(data, new FakeVision());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static List<AuditEntry> entries(String key) {
        return hub.services().safeguards().audit().page(ALL).stream()
                .map(AuditStore.Numbered::entry)
                .filter(e -> key.startsWith(e.actor()))
                .toList();
    }

    private static void awaitEntry(String key, Rpc rpc, String outcome, String... subjects) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(entries(key))
                                .anySatisfy(e -> {
                                    assertThat(e.action()).isEqualTo(rpc.method());
                                    assertThat(e.outcome()).isEqualTo(outcome);
                                    assertThat(e.subjects()).contains(subjects);
                                }));
    }

    private static FaceRecognitionBlockingStub with(String key) {
        return FaceRecognitionGrpc.newBlockingStub(hub.channel())
                .withInterceptors(GrpcHub.with(key));
    }

    private static RegisterFaceResponse register(String key, String name, int person) {
        return with(key)
                .registerFace(
                        RegisterFaceRequest.newBuilder()
                                .setName(name)
                                .setImageData(image(FakePictures.of(person)))
                                .build());
    }

    @Test
    void callsAreWrittenDownWithWhomTheyAreAbout() {
        String key = hub.key(Role.SERVICE);
        RegisterFaceResponse ada = register(key, "Ada", 11);
        var _ =
                with(key)
                        .recognizeFaces(
                                RecognizeFacesRequest.newBuilder()
                                        .setImageData(image(FakePictures.of(11)))
                                        .build());
        var _ = with(key).listFaces(ListFacesRequest.getDefaultInstance());
        DeleteFaceRequest delete =
                DeleteFaceRequest.newBuilder().setFaceId(ada.getFaceId()).build();
        String viewer = hub.key(Role.VIEWER);
        assertThat(refusal(() -> with(viewer).deleteFace(delete)).status())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        var _ = with(key).deleteFace(delete);
        assertThat(refusal(() -> with(key).deleteFace(delete)).status())
                .isEqualTo(Status.Code.NOT_FOUND);

        String face = ada.getFaceId();
        awaitEntry(key, Rpc.REGISTER_FACE, "begun");
        awaitEntry(key, Rpc.REGISTER_FACE, "done", face, ada.getPersonId());
        awaitEntry(key, Rpc.RECOGNIZE_FACES, "read", face, ada.getPersonId());
        awaitEntry(key, Rpc.LIST_FACES, "read", face);
        awaitEntry(key, Rpc.DELETE_FACE, "begun", face);
        awaitEntry(key, Rpc.DELETE_FACE, "done", face);
        awaitEntry(key, Rpc.DELETE_FACE, "not_found", face);
        awaitEntry(viewer, Rpc.DELETE_FACE, "permission_denied");
        assertThat(entries(key).toString()).doesNotContain("Ada");
    }

    @Test
    void aStreamIsWrittenDownWhenItBeginsAndWhenItEnds() throws Exception {
        RegisterFaceResponse grace = register(hub.key(Role.SERVICE), "Grace", 12);
        String viewer = hub.key(Role.VIEWER);
        try (Context.CancellableContext leaving = Context.current().withCancellation()) {
            Iterator<WatchEventsResponse> events =
                    leaving.call(() ->
                            with(viewer)
                                    .watchEvents(
                                            WatchEventsRequest.newBuilder()
                                                    .setPersonId(grace.getPersonId())
                                                    .build()));
            assertThat(events.next().hasWatching()).isTrue();
            awaitEntry(viewer, Rpc.WATCH_EVENTS, "begun", grace.getPersonId());
            hub.services().people().deleteFace(FaceId.parse(grace.getFaceId()));
            assertThat(events.next().getEvent().getFaceDeleted().getFaceId())
                    .isEqualTo(grace.getFaceId());
        }
        awaitEntry(viewer, Rpc.WATCH_EVENTS, "read", grace.getPersonId(), grace.getFaceId());
        assertThat(entries(viewer)).hasSize(2);
    }

    @Test
    void aRunOfPicturesNamesWhomItRecognised() throws Exception {
        String key = hub.key(Role.SERVICE);
        RegisterFaceResponse mary = register(key, "Mary", 13);
        CountDownLatch over = new CountDownLatch(1);
        StreamObserver<RecognizeStreamRequest> to =
                FaceRecognitionGrpc.newStub(hub.channel())
                        .withInterceptors(GrpcHub.with(key))
                        .recognizeStream(new UntilOver(over));
        to.onNext(
                RecognizeStreamRequest.newBuilder()
                        .setImageData(image(FakePictures.of(13)))
                        .build());
        to.onCompleted();
        assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        awaitEntry(key, Rpc.RECOGNIZE_STREAM, "begun");
        awaitEntry(key, Rpc.RECOGNIZE_STREAM, "read", mary.getFaceId());
    }

    /** Counts down when the answers end. */
    private record UntilOver(CountDownLatch over)
            implements StreamObserver<RecognizeStreamResponse> {
        @Override
        public void onNext(RecognizeStreamResponse answer) {}

        @Override
        public void onError(Throwable failed) {
            over.countDown();
        }

        @Override
        public void onCompleted() {
            over.countDown();
        }
    }

    @Test
    void withoutTheLogNothingIsChanged() throws Exception {
        String key = hub.key(Role.SERVICE);
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            var _ = sql.update("ALTER TABLE audit_entries RENAME TO audit_away");
            try {
                assertThat(refusal(() -> register(key, "Nobody", 14)).status())
                        .isEqualTo(Status.Code.UNAVAILABLE);
            } finally {
                var _ = sql.update("ALTER TABLE audit_away RENAME TO audit_entries");
            }
        }
        awaitEntry(key, Rpc.REGISTER_FACE, "begun");
        assertThat(with(key).listFaces(ListFacesRequest.getDefaultInstance()).getFacesList())
                .noneMatch(f -> f.getName().equals("Nobody"));
    }
}
