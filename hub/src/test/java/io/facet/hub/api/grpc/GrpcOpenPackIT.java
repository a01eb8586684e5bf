package io.facet.hub.api.grpc;

import static io.facet.hub.api.grpc.GrpcHub.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.hub.security.Role;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.pipeline.VisionFactory;
import io.facet.wire.rpc.v1.Decision;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc.FaceRecognitionBlockingStub;
import io.facet.wire.rpc.v1.GetFaceQualityRequest;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesResponse;
import io.facet.wire.rpc.v1.RegisterFaceRequest;
import io.facet.wire.rpc.v1.VerifyFaceRequest;
import io.facet.wire.rpc.v1.VerifyLivenessRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real people through the real networks of the pack {@code open}. */
class GrpcOpenPackIT {
    @TempDir Path data;

    private static final Places PLACES = Places.find(System.getenv(), Path.of(""));

    @Test
    void peopleAreRegisteredAndRecognisedOnOtherPictures() throws Exception {
        Optional<Path> images =
                PLACES.testData().map(d -> d.resolve("lfw-folds1-2/images")).filter(Files::exists);
        assumeThat(images).as("pictures of LFW").isPresent();
        Resolution pack =
                ModelPacks.resolver(
                                ModelPacks.options(
                                        FacetConfig.Models.DEFAULT,
                                        PLACES.home(),
                                        System.getenv(),
                                        _ -> {}))
                        .resolve("open");
        assumeThat(pack).as("the files of pack open").isInstanceOf(Resolution.Resolved.class);
        List<List<Path>> people = people(images.orElseThrow());
        assertThat(people).hasSize(6);
        try (GrpcHub hub =
                GrpcHub.in(data, VisionFactory.open(FacetConfig.DEFAULT, pack.orThrow()))) {
            FaceRecognitionBlockingStub stub = hub.as(Role.OPERATOR);
            for (List<Path> person : people.subList(0, 4)) {
                stub.registerFace(
                        RegisterFaceRequest.newBuilder()
                                .setName(name(person))
                                .setImageData(image(Files.readAllBytes(person.get(0))))
                                .build());
            }
            int right = 0;
            for (List<Path> person : people.subList(0, 4)) {
                RecognizeFacesResponse seen = recognize(stub, person.get(1));
                right +=
                        seen.getMatchesList().stream()
                                        .anyMatch(m -> m.getName().equals(name(person)))
                                ? 1
                                : 0;
                assertThat(seen.getMatchesList())
                        .allSatisfy(m -> assertThat(m.getConfidence()).isBetween(0.6f, 1f));
            }
            assertThat(right).as("of 4 recognised").isGreaterThanOrEqualTo(3);
            for (List<Path> stranger : people.subList(4, 6)) {
                assertThat(recognize(stub, stranger.get(0)).getFacesList())
                        .noneMatch(f -> f.getDecision() == Decision.DECISION_KNOWN);
            }
            checks(stub, people.getFirst());
        }
    }

    private static void checks(FaceRecognitionBlockingStub stub, List<Path> person)
            throws IOException {
        byte[] first = Files.readAllBytes(person.get(0));
        byte[] second = Files.readAllBytes(person.get(1));
        assertThat(
                        stub.getFaceQuality(
                                        GetFaceQualityRequest.newBuilder()
                                                .setImageData(image(first))
                                                .build())
                                .getQuality()
                                .getFaceSize()
                                .getValue())
                .isBetween(20f, 120f);
        assertThat(
                        stub.verifyLiveness(
                                        VerifyLivenessRequest.newBuilder()
                                                .setImageData(image(first))
                                                .build())
                                .getLiveness()
                                .getPerformed())
                .isTrue();
        assertThat(
                        stub.verifyFace(
                                        VerifyFaceRequest.newBuilder()
                                                .setImageData(image(first))
                                                .setReferenceImageData(image(second))
                                                .setThreshold(0)
                                                .build())
                                .getSimilarity())
                .isGreaterThan(0.2f);
    }

    private static RecognizeFacesResponse recognize(FaceRecognitionBlockingStub stub, Path file)
            throws IOException {
        return stub.recognizeFaces(
                RecognizeFacesRequest.newBuilder()
                        .setImageData(image(Files.readAllBytes(file)))
                        .build());
    }

    private static String name(List<Path> person) {
        Path folder = person.getFirst().getParent();
        return String.valueOf(folder == null ? null : folder.getFileName());
    }

    /** The first people of whom there are two pictures. */
    private static List<List<Path>> people(Path images) throws IOException {
        try (Stream<Path> folders = Files.list(images)) {
            return folders.sorted()
                    .map(GrpcOpenPackIT::pictures)
                    .filter(p -> p.size() > 1)
                    .limit(6)
                    .toList();
        }
    }

    private static List<Path> pictures(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().limit(2).toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
