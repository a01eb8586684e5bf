package io.facet.hub.api.grpc;

import static io.facet.hub.api.grpc.GrpcHub.image;
import static io.facet.hub.api.grpc.GrpcHub.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.grpc.GrpcHub.Refusal;
import io.facet.hub.idempotency.Ask;
import io.facet.hub.idempotency.Idempotency;
import io.facet.hub.security.Role;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.model.PersonId;
import io.facet.wire.rpc.v1.DeleteFaceRequest;
import io.facet.wire.rpc.v1.DeleteFaceResponse;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.facet.wire.rpc.v1.RegisterFaceRequest;
import io.facet.wire.rpc.v1.RegisterFaceResponse;
import io.facet.wire.rpc.v1.UpdateFaceMetadataRequest;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change asked for twice happens once, also when the hub was started anew in between. */
class GrpcOnceIT {
    @TempDir Path data;

    private static RegisterFaceRequest.Builder wish(String name) {
        return RegisterFaceRequest.newBuilder()
                .setName(name)
                .setImageData(image(FakePictures.of(1)))
                .putMetadata("a", "1")
                .putMetadata("b", "2")
                .setIdempotencyKey("first");
    }

    @Test
    void theSameTokenAnswersTheSameAlsoAfterARestart() {
        RegisterFaceResponse first;
        String key;
        try (GrpcHub hub = GrpcHub.in(data, new FakeVision())) {
            key = hub.key(Role.SERVICE);
            FaceRecognitionBlockingStub stub = stub(hub, key);
            first = stub.registerFace(wish("Ada").build());
            assertThat(stub.registerFace(wish("Ada").build())).isEqualTo(first);
            Refusal other = refusal(() -> stub.registerFace(wish("Somebody").build()));
            assertThat(other.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
            assertThat(faces(stub)).isEqualTo(1);
            assertThat(stub(hub, hub.key(Role.SERVICE)).registerFace(wish("Ada").build()))
                    .as("another caller's token of the same name")
                    .isNotEqualTo(first);
            attemptsThatFail(hub.services().idempotency());
        }
        try (GrpcHub hub = GrpcHub.in(data, new FakeVision())) {
            FaceRecognitionBlockingStub stub = stub(hub, key);
            assertThat(stub.registerFace(wish("Ada").build())).isEqualTo(first);
            assertThat(faces(stub)).isEqualTo(2);

            UpdateFaceMetadataRequest update =
                    UpdateFaceMetadataRequest.newBuilder()
                            .setFaceId(first.getFaceId())
                            .setIdempotencyKey("second")
                            .build();
            assertThat(stub.updateFaceMetadata(update)).isEqualTo(stub.updateFaceMetadata(update));

            DeleteFaceRequest delete =
                    DeleteFaceRequest.newBuilder()
                            .setFaceId(first.getFaceId())
                            .setIdempotencyKey("first")
                            .build();
            DeleteFaceResponse deleted = stub.deleteFace(delete);
            assertThat(stub.deleteFace(delete)).isEqualTo(deleted);
            assertThat(
                            refusal(() ->
                                            stub.deleteFace(
                                                    delete.toBuilder()
                                                            .clearIdempotencyKey()
                                                            .build()))
                                    .status())
                    .isEqualTo(Status.Code.NOT_FOUND);
            assertThat(faces(stub)).isEqualTo(1);
            anAnswerGoesWithThePersonItIsAbout(hub, stub);
        }
    }

    private static void anAnswerGoesWithThePersonItIsAbout(
            GrpcHub hub, FaceRecognitionBlockingStub stub) {
        RegisterFaceRequest wish =
                wish("Bea")
                        .setImageData(image(FakePictures.of(2)))
                        .setIdempotencyKey("third")
                        .build();
        RegisterFaceResponse first = stub.registerFace(wish);
        assertThat(stub.registerFace(wish)).isEqualTo(first);
        assertThat(hub.services().people().erase(PersonId.parse(first.getPersonId()))).isPresent();
        Refusal gone = refusal(() -> stub.registerFace(wish));
        assertThat(gone.status()).isEqualTo(Status.Code.ABORTED);
        assertThat(gone.reason()).isEqualTo("CONFLICT");
        assertThat(faces(stub)).as("nobody is enrolled again").isEqualTo(1);
    }

    /** What an attempt that was never heard of leaves behind. */
    private static void attemptsThatFail(Idempotency idempotency) {
        Ask ask = new Ask("caller", "Op", "token", new byte[] {1});
        List<UUID> reserved = new ArrayList<>();
        assertThatThrownBy(() ->
                        idempotency.once(
                                ask,
                                (id, again) -> {
                                    reserved.add(id);
                                    assertThat(again).isFalse();
                                    assertThatThrownBy(() ->
                                                    idempotency.once(ask, (_, _) -> new byte[0]))
                                            .isInstanceOfSatisfying(
                                                    FacetException.class,
                                                    e ->
                                                            assertThat(e.code())
                                                                    .isEqualTo(ErrorCode.CONFLICT));
                                    throw new IllegalStateException("the line broke");
                                }))
                .isInstanceOf(IllegalStateException.class);
        byte[] answer = "done".getBytes(StandardCharsets.UTF_8);
        byte[] got =
                idempotency.once(
                        ask,
                        (id, again) -> {
                            assertThat(again).as("may have got through").isTrue();
                            assertThat(reserved).containsExactly(id);
                            return answer;
                        });
        assertThat(got).isEqualTo(answer);
        Ask refused = new Ask("caller", "Op", "refused", new byte[] {1});
        assertThatThrownBy(() ->
                        idempotency.once(
                                refused,
                                (_, _) -> {
                                    throw new FacetException(ErrorCode.NO_FACE, "no");
                                }))
                .isInstanceOf(FacetException.class);
        Ask better = new Ask("caller", "Op", "refused", new byte[] {2});
        assertThat(idempotency.once(better, (_, again) -> again ? new byte[0] : answer))
                .as("a refusal leaves the token free")
                .isEqualTo(answer);
    }

    private static FaceRecognitionBlockingStub stub(GrpcHub hub, String key) {
        return FaceRecognitionGrpc.newBlockingStub(hub.channel())
                .withInterceptors(GrpcHub.with(key));
    }

    private static long faces(FaceRecognitionBlockingStub stub) {
        return stub.listFaces(ListFacesRequest.getDefaultInstance()).getTotal();
    }
}
