package io.facet.vision.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.vision.catalog.FileSource.Outcome;
import io.facet.vision.catalog.ResolvedPack.MissingStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackResolverIT {
    @TempDir private Path cache = Path.of("");

    @Test
    void openComesFromTheMirrorAloneAndThenFromTheCacheAlone() {
        Optional<Path> mirror = Optional.of(TestFolders.models());

        ResolvedPack first = resolver(mirror).resolve("open").orThrow();
        ResolvedPack second = resolver(Optional.empty()).resolve("open").orThrow();

        assertThat(second).usingRecursiveComparison().ignoringFields("missing").isEqualTo(first);
        assertThat(first.embedder().id()).isEqualTo("face-reidentification-retail-0095");
        assertThat(first.liveness()).hasSize(2);
        assertThat(first.space().dimension()).isEqualTo(256);
    }

    @Test
    void withoutAnNpmPackageTheOptionalStagesAreMissingAndSaySo() {
        ResolvedPack pack = resolver(Optional.of(TestFolders.models())).resolve("open").orThrow();

        assertThat(pack.missing())
                .extracting(MissingStage::stage)
                .containsExactly(Stage.LANDMARKS, Stage.EXPRESSION);
        assertThat(pack.missing())
                .allSatisfy(missing ->
                        assertThat(missing.reason())
                                .contains("face_", "not in the mirror folder", "models fetch"));
        assertThat(pack.landmarks()).isEmpty();
        assertThat(pack.expression()).isEmpty();
    }

    @Test
    void halfTheLivenessEnsembleIsNone() throws IOException {
        Path upstream = TestFolders.models();
        Path mirror = cache.resolveSibling(cache.getFileName() + "-mirror");
        Files.createDirectories(mirror);
        for (String name :
                List.of(
                        "yunet_n_dynamic.onnx",
                        "face-reidentification-retail-0095.xml",
                        "face-reidentification-retail-0095.bin",
                        "2.7_80x80_MiniFASNetV2.onnx")) {
            Files.createSymbolicLink(mirror.resolve(name), upstream.resolve(name));
        }

        ResolvedPack pack = resolver(Optional.of(mirror)).resolve("open").orThrow();

        assertThat(pack.liveness()).isEmpty();
        assertThat(pack.missing()).extracting(MissingStage::stage).contains(Stage.LIVENESS);
    }

    @Test
    void theTwoPacksMakeDifferentSpaces() {
        ResolvedPack open = TestPacks.pack("open");
        ResolvedPack starter = TestPacks.pack("starter");

        assertThat(open.space()).isNotEqualTo(starter.space());
        assertThat(starter.space().dimension()).isEqualTo(128);
        assertThat(starter.landmarks()).isPresent();
        assertThat(starter.missing()).extracting(MissingStage::stage).contains(Stage.LIVENESS);
    }

    @Test
    void npmInstallsThePinnedPackage() throws IOException {
        Assumptions.assumeTrue(npmIsThere(), "needs the npm client");
        NetworkManifest network =
                ModelPacks.catalog()
                        .networks(
                                ModelPacks.catalog().pack("starter").orElseThrow(),
                                Stage.EXPRESSION)
                        .getFirst();
        UpstreamFile weights = network.origin().files().getLast();
        Path part = cache.resolve("weights");

        Outcome outcome = new NpmSource(new NpmPackage("npm", cache, _ -> {})).fetch(weights, part);

        if (outcome instanceof Outcome.Unavailable(String reason)) {
            Assumptions.assumeFalse(
                    reason.matches(".*(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH).*"),
                    "needs a package registry: " + reason);
        }
        assertThat(outcome).isInstanceOf(Outcome.Written.class);
        assertThat(FileVerifier.problem(part, weights.artifact())).isEmpty();
    }

    @Test
    void aMachineWithoutNpmIsToldSo() {
        List<String> progress = new ArrayList<>();
        UpstreamFile file =
                new UpstreamFile(
                        TinyPacks.artifact("x.bin", new byte[] {1}), List.of("npm:a/x.bin"));

        Outcome outcome =
                new NpmSource(new NpmPackage("npm-that-is-not-there", cache, progress::add))
                        .fetch(file, cache.resolve("part"));

        assertThat(outcome).isEqualTo(new Outcome.Unavailable("the npm client is not installed"));
        assertThat(cache).isDirectoryNotContaining("glob:**.part");
    }

    private PackResolver resolver(Optional<Path> mirror) {
        return ModelPacks.resolver(TinyPacks.options(cache, mirror, false));
    }

    private static boolean npmIsThere() {
        try {
            Process npm = new ProcessBuilder("npm", "--version").start();
            return npm.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
