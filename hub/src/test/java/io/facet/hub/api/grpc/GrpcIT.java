package io.facet.hub.api.grpc;

import static io.facet.hub.api.grpc.GrpcHub.image;
import static io.facet.hub.api.grpc.GrpcHub.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import io.facet.hub.api.grpc.GrpcHub.Refusal;
import io.facet.hub.security.Role;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.model.Liveness;
import io.facet.vision.image.Image;
import io.facet.wire.rpc.v1.Decision;
import io.facet.wire.rpc.v1.DeleteFaceRequest;
import io.facet.wire.rpc.v1.DeleteFaceResponse;
import io.facet.wire.rpc.v1.DetectFacesRequest;
import io.facet.wire.rpc.v1.DetectFacesResponse;
import io.facet.wire.rpc.v1.Face;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.GetFaceQualityRequest;
import io.facet.wire.rpc.v1.GetFaceQualityResponse;
import io.facet.wire.rpc.v1.ListFacesRequest;
import io.facet.wire.rpc.v1.ListFacesResponse;
import io.facet.wire.rpc.v1.OnDuplicate;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesResponse;
import io.facet.wire.rpc.v1.RegisterFaceRequest;
import io.facet.wire.rpc.v1.RegisterFaceResponse;
import io.facet.wire.rpc.v1.UpdateFaceMetadataRequest;
import io.facet.wire.rpc.v1.VerifyFaceRequest;
import io.facet.wire.rpc.v1.VerifyFaceResponse;
import io.facet.wire.rpc.v1.VerifyLivenessRequest;
import io.facet.wire.rpc.v1.VerifyLivenessResponse;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every unary call, good and bad, against the whole hub; only its eyes are fake. */
@SuppressWarnings("NullAway.Init") // started before the tests
class GrpcIT {
    @TempDir static Path data;

    private static GrpcHub hub;
    private static FaceRecognitionBlockingStub stub;

    @BeforeAll
    static void start() {
        hub = GrpcHub.in(data, new FakeVision((image, _) -> live(image)));
        stub = hub.as(Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** The shade of a {@link FakePictures} is its score in quarters. */
    private static Liveness live(Image image) {
        float score = ((image.bgr()[0] & 0xFF) - 80) / 4f;
        return new Liveness.Performed(score >= 0.5f, score);
    }

    private static RegisterFaceRequest.Builder wish(String name, int person) {
        return RegisterFaceRequest.newBuilder()
                .setName(name)
                .setImageData(image(FakePictures.of(person)));
    }

    private static RecognizeFacesResponse recognize(int person) {
        return stub.recognizeFaces(
                RecognizeFacesRequest.newBuilder()
                        .setImageData(image(FakePictures.of(person, 1)))
                        .build());
    }

    private static List<Face> all() {
        List<Face> faces = new ArrayList<>();
        String token = "";
        do {
            ListFacesResponse page =
                    stub.listFaces(
                            ListFacesRequest.newBuilder()
                                    .setPageSize(1000)
                                    .setPageToken(token)
                                    .build());
            faces.addAll(page.getFacesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return faces;
    }

    @Test
    void aFaceIsRegisteredListedRecognisedChangedAndDeleted() {
        RegisterFaceResponse registered =
                stub.registerFace(wish("Ada", 1).putMetadata("team", "engines").build());
        assertThat(UUID.fromString(registered.getFaceId()).version()).isEqualTo(7);
        assertThat(registered.getQualityScore()).isEqualTo(0.8f);
        assertThat(registered.getQuality().getSharpness().getPassed()).isTrue();
        assertThat(registered.getNewPerson()).isTrue();

        Face listed = listed(registered.getFaceId());
        assertThat(listed.getName()).isEqualTo("Ada");
        assertThat(listed.getMetadataMap()).containsEntry("team", "engines");
        assertThat(listed.getAddedAt()).isEqualTo(registered.getAddedAt());

        RecognizeFacesResponse seen = recognize(1);
        assertThat(seen.getWidth()).isEqualTo(200);
        assertThat(seen.getThreshold()).isEqualTo(0.6f);
        assertThat(seen.getFaces(0).getDecision()).isEqualTo(Decision.DECISION_KNOWN);
        assertThat(seen.getMatches(0).getName()).isEqualTo("Ada");
        assertThat(seen.getMatches(0).getFaceId()).isEqualTo(registered.getFaceId());
        assertThat(seen.getMatches(0).getConfidence()).isBetween(0.6f, 1f);
        assertThat(seen.getMatches(0).getSimilarity()).isBetween(0.5f, 1f);

        UpdateFaceMetadataRequest change =
                UpdateFaceMetadataRequest.newBuilder()
                        .setFaceId(registered.getFaceId())
                        .putMetadata("team", "poets")
                        .build();
        assertThat(stub.updateFaceMetadata(change).getSuccess()).isTrue();
        assertThat(listed(registered.getFaceId()).getMetadataMap())
                .containsExactly(java.util.Map.entry("team", "poets"));

        DeleteFaceRequest delete =
                DeleteFaceRequest.newBuilder().setFaceId(registered.getFaceId()).build();
        DeleteFaceResponse deleted = stub.deleteFace(delete);
        assertThat(deleted.getSuccess()).isTrue();
        // The same picture as before: what was seen in it may be kept, whose it is may not.
        assertThat(recognize(1).getMatchesList()).isEmpty();
        assertThat(recognize(1).getFaces(0).getDecision()).isEqualTo(Decision.DECISION_UNKNOWN);
        assertThat(refusal(() -> stub.deleteFace(delete)).status())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refusal(() -> stub.updateFaceMetadata(change)).reason()).isEqualTo("NOT_FOUND");
    }

    private static Face listed(String id) {
        return all().stream().filter(f -> f.getFaceId().equals(id)).findFirst().orElseThrow();
    }

    @Test
    void badPicturesAreRefusedWithWhatIsWrong() {
        byte[] png = FakePictures.of(3);
        byte[] cut = java.util.Arrays.copyOf(png, png.length / 2);
        for (byte[] bad : List.of(cut, "no picture".getBytes(StandardCharsets.UTF_8))) {
            assertThat(refusal(() -> stub.recognizeFaces(probe(image(bad)))))
                    .satisfies(r -> {
                        assertThat(r.status()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                        assertThat(r.reason()).isEqualTo("IMAGE_UNREADABLE");
                        assertThat(r.info().getMetadataMap())
                                .containsEntry("code", "image_unreadable");
                    });
        }
        assertThat(refusal(() -> stub.recognizeFaces(probe(ByteString.EMPTY))).reason())
                .isEqualTo("INVALID_ARGUMENT");
        Refusal large = refusal(() -> stub.recognizeFaces(probe(image(new byte[(16 << 20) + 1]))));
        assertThat(large.reason()).isEqualTo("IMAGE_TOO_LARGE");
        assertThat(large.status()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void aMessageBeyondTheLimitIsRefusedUnread() {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowableOfType(
                                        io.grpc.StatusRuntimeException.class,
                                        () -> stub.recognizeFaces(probe(image(new byte[18 << 20]))))
                                .getStatus()
                                .getCode())
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        assertThat(stub.listFaces(ListFacesRequest.getDefaultInstance())).isNotNull();
    }

    private static RecognizeFacesRequest probe(ByteString image) {
        return RecognizeFacesRequest.newBuilder().setImageData(image).build();
    }

    @Test
    void poorFacesAreRefusedWithTheFailedComponents() {
        Refusal dark =
                refusal(() ->
                        stub.registerFace(
                                wish("Nobody", 1)
                                        .setImageData(image(FakePictures.tooDark()))
                                        .build()));
        assertThat(dark.status()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(dark.reason()).isEqualTo("QUALITY_TOO_LOW");
        assertThat(dark.info().getMetadataMap())
                .containsEntry("failed", "brightness")
                .containsEntry("brightness.hint", "use more light")
                .containsKeys("quality_score", "brightness.value", "brightness.limit");
        assertThat(
                        refusal(() ->
                                        stub.registerFace(
                                                wish("Nobody", 1)
                                                        .setImageData(
                                                                image(FakePictures.withoutFace()))
                                                        .build()))
                                .reason())
                .isEqualTo("NO_FACE");
    }

    @Test
    void aDuplicateIsRefusedWithTheCandidate() {
        RegisterFaceResponse first = stub.registerFace(wish("Grace", 4).build());
        Refusal refused = refusal(() -> stub.registerFace(wish("Another", 4).build()));
        assertThat(refused.status()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(refused.info().getMetadataMap())
                .containsEntry("candidate.face_id", first.getFaceId())
                .containsEntry("candidate.name", "Grace");
        RegisterFaceResponse linked = stub.registerFace(wish("grace", 4).build());
        assertThat(linked.getPersonId()).isEqualTo(first.getPersonId());
        assertThat(linked.getNewPerson()).isFalse();
        RegisterFaceResponse twin =
                stub.registerFace(
                        wish("Twin", 4).setOnDuplicate(OnDuplicate.ON_DUPLICATE_ALLOW).build());
        assertThat(twin.getPersonId()).isNotEqualTo(first.getPersonId());
        assertThat(recognize(4).getFaces(0).getDecision()).isEqualTo(Decision.DECISION_AMBIGUOUS);
        assertThat(recognize(4).getMatchesList()).hasSize(2);
    }

    @Test
    void thresholdAndMaxResultsCountPerCall() {
        stub.registerFace(wish("Edsger", 5).build());
        RecognizeFacesRequest.Builder request =
                RecognizeFacesRequest.newBuilder()
                        .setImageData(image(FakePictures.of(5, 3)))
                        .setMaxResults(1);
        RecognizeFacesResponse strict = stub.recognizeFaces(request.setThreshold(1).build());
        assertThat(strict.getMatchesList()).isEmpty();
        assertThat(strict.getFaces(0).getDecision()).isEqualTo(Decision.DECISION_UNKNOWN);
        assertThat(strict.getFaces(0).getCandidatesList())
                .singleElement()
                .satisfies(c -> assertThat(c.getName()).isEqualTo("Edsger"));
        assertThat(stub.recognizeFaces(request.setThreshold(0.6f).build()).getMatchesList())
                .hasSize(1);
        for (float wrong : new float[] {Float.NaN, -0.1f, 1.1f, Float.POSITIVE_INFINITY}) {
            assertThat(
                            refusal(() -> stub.recognizeFaces(request.setThreshold(wrong).build()))
                                    .status())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        for (int wrong : new int[] {0, 101, -1}) {
            assertThat(
                            refusal(() ->
                                            stub.recognizeFaces(
                                                    request.setThreshold(0.6f)
                                                            .setMaxResults(wrong)
                                                            .build()))
                                    .detail())
                    .contains("max_results");
        }
    }

    @Test
    void pagesStayRightWhileFacesComeAndGo() {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            before.add(stub.registerFace(wish("Page " + i, 10 + i).build()).getFaceId());
        }
        List<String> seen = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            ListFacesResponse page =
                    stub.listFaces(
                            ListFacesRequest.newBuilder()
                                    .setPageSize(2)
                                    .setPageToken(token)
                                    .build());
            page.getFacesList().forEach(f -> seen.add(f.getFaceId()));
            token = page.getNextPageToken();
            if (pages++ == 0) {
                // The very face the token names goes, and others come.
                stub.deleteFace(DeleteFaceRequest.newBuilder().setFaceId(seen.getLast()).build());
                stub.registerFace(wish("Newcomer", 30).build());
            }
        } while (!token.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
        for (String wrong : List.of("rubbish", "AAAA", "?")) {
            assertThat(
                            refusal(() ->
                                            stub.listFaces(
                                                    ListFacesRequest.newBuilder()
                                                            .setPageToken(wrong)
                                                            .build()))
                                    .status())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(
                        refusal(() ->
                                        stub.listFaces(
                                                ListFacesRequest.newBuilder()
                                                        .setPageSize(1001)
                                                        .build()))
                                .status())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void idsAndNamesAreChecked() {
        for (String wrong : List.of("", "no-uuid")) {
            assertThat(
                            refusal(() ->
                                            stub.deleteFace(
                                                    DeleteFaceRequest.newBuilder()
                                                            .setFaceId(wrong)
                                                            .build()))
                                    .status())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        for (String wrong : List.of("", "  ", "x".repeat(201))) {
            assertThat(refusal(() -> stub.registerFace(wish(wrong, 6).build())).status())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(
                        refusal(() ->
                                        stub.registerFace(
                                                wish("Ok", 6)
                                                        .putMetadata("k", "v".repeat(5000))
                                                        .build()))
                                .status())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void facesAreFoundAndTheirQualityMeasured() {
        DetectFacesResponse found =
                stub.detectFaces(
                        DetectFacesRequest.newBuilder()
                                .setImageData(image(FakePictures.withTwoFaces()))
                                .build());
        assertThat(found.getFacesList()).hasSize(2);
        assertThat(found.getFaces(0).getLandmarks().getNose().getX()).isEqualTo(95);
        GetFaceQualityResponse quality =
                stub.getFaceQuality(
                        GetFaceQualityRequest.newBuilder()
                                .setImageData(image(FakePictures.tooDark()))
                                .build());
        assertThat(quality.getQuality().getPassed()).isFalse();
        assertThat(quality.getQuality().getBrightness().getPassed()).isFalse();
        assertThat(quality.getQuality().getEyeOpenness().getIsoName()).isEqualTo("eyes_open");
        assertThat(quality.getFaceCount()).isEqualTo(1);
        assertThat(
                        refusal(() ->
                                        stub.getFaceQuality(
                                                GetFaceQualityRequest.newBuilder()
                                                        .setImageData(
                                                                image(FakePictures.withoutFace()))
                                                        .build()))
                                .reason())
                .isEqualTo("NO_FACE");
    }

    @Test
    void aSessionsLivenessIsTheMeanOfItsPicturesAndTheCallersOwn() {
        assertThat(liveness(stub, "", 3).getLivenessScore()).isEqualTo(0.75f);
        assertThat(liveness(stub, "door", 1).getLivenessScore()).isEqualTo(0.25f);
        VerifyLivenessResponse second = liveness(stub, "door", 3);
        assertThat(second.getLivenessScore()).isCloseTo(0.5f, within(1e-6f));
        assertThat(second.getLiveness().getScore()).isEqualTo(0.75f);
        assertThat(second.getLive()).isTrue();
        assertThat(second.getSessionImages()).isEqualTo(2);
        assertThat(second.hasSessionExpiresAt()).isTrue();
        VerifyLivenessResponse stranger = liveness(hub.as(Role.SERVICE), "door", 3);
        assertThat(stranger.getSessionImages()).as("another caller's session").isEqualTo(1);
        assertThat(refusal(() -> liveness(stub, "x".repeat(101), 1)).status())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(
                        refusal(() ->
                                        stub.verifyLiveness(
                                                VerifyLivenessRequest.newBuilder()
                                                        .setImageData(
                                                                image(FakePictures.withTwoFaces()))
                                                        .build()))
                                .reason())
                .isEqualTo("SEVERAL_FACES");
    }

    private static VerifyLivenessResponse liveness(
            FaceRecognitionBlockingStub as, String session, int shade) {
        return as.verifyLiveness(
                VerifyLivenessRequest.newBuilder()
                        .setImageData(image(FakePictures.of(7, shade)))
                        .setSessionId(session)
                        .build());
    }

    @Test
    void callsAreCounted() {
        refusal(() -> stub.deleteFace(DeleteFaceRequest.getDefaultInstance()));
        stub.listFaces(ListFacesRequest.getDefaultInstance());
        String metrics = hub.services().monitoring().metrics().text();
        assertThat(metrics.lines().filter(line -> line.contains("api=\"grpc\"")))
                .anyMatch(line -> line.contains("FaceRecognition/ListFaces"))
                .anyMatch(line ->
                        line.contains("FaceRecognition/DeleteFace")
                                && line.contains("status=\"400\""))
                .anyMatch(line ->
                        line.startsWith("facet_errors") && line.contains("invalid_argument"));
    }

    @Test
    void twoPicturesAndAPersonAreVerified() {
        String person = stub.registerFace(wish("Barbara", 8).build()).getPersonId();
        stub.registerFace(wish("Barbara", 8).setImageData(image(FakePictures.of(8, 2))).build());
        VerifyFaceRequest.Builder request =
                VerifyFaceRequest.newBuilder().setImageData(image(FakePictures.of(8, 1)));
        VerifyFaceResponse same =
                stub.verifyFace(
                        request.setReferenceImageData(image(FakePictures.of(8, 3))).build());
        assertThat(same.getVerified()).isTrue();
        assertThat(same.getConfidence()).isBetween(0.6f, 1f);
        assertThat(same.getFaceId()).isEmpty();
        VerifyFaceResponse other =
                stub.verifyFace(
                        request.setReferenceImageData(image(FakePictures.of(9, 1))).build());
        assertThat(other.getVerified()).isFalse();
        assertThat(other.getSimilarity()).isLessThan(0.5f);
        VerifyFaceResponse hers = stub.verifyFace(request.setPersonId(person).build());
        assertThat(hers.getVerified()).isTrue();
        assertThat(hers.getFaceId()).isNotEmpty();
        assertThat(stub.verifyFace(request.setThreshold(1).build()).getVerified()).isFalse();
        assertThat(
                        refusal(() ->
                                        stub.verifyFace(
                                                request.setPersonId(UUID.randomUUID().toString())
                                                        .build()))
                                .status())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refusal(() -> stub.verifyFace(request.clearReference().build())).detail())
                .contains("person_id");
    }
}
