package io.facet.vision.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.facet.error.ErrorCode;
import io.facet.vision.catalog.Resolution.Refused;
import io.facet.vision.catalog.Resolution.Resolved;
import io.facet.vision.catalog.Upstream.Mood;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FetchIT {
    @TempDir private Path cache = Path.of("");
    @TempDir private Path mirror = Path.of("");

    @Test
    void fetchesFromUpstreamOnceAndThenUsesTheCache() throws IOException {
        try (Upstream upstream = new Upstream(Mood.GOOD)) {
            Resolution first = resolve("open", upstream.base());
            Resolution second = resolve("open", upstream.base());

            assertThat(first.orThrow()).isEqualTo(second.orThrow());
            assertThat(upstream.requests()).isEqualTo(2);
        }
        assertThat(files())
                .containsExactlyInAnyOrder(
                        TinyPacks.artifact("detector.onnx", TinyPacks.DETECTOR).cacheName(),
                        TinyPacks.artifact("embedder.onnx", TinyPacks.EMBEDDER).cacheName());
    }

    @Test
    void theMirrorComesBeforeTheNetwork() throws IOException {
        Files.write(mirror.resolve("detector.onnx"), TinyPacks.DETECTOR);
        Files.write(mirror.resolve("embedder.onnx"), TinyPacks.EMBEDDER);
        try (Upstream upstream = new Upstream(Mood.GOOD)) {
            assertThat(resolve("open", upstream.base())).isInstanceOf(Resolved.class);
            assertThat(upstream.requests()).isZero();
        }
    }

    @Test
    void aWrongFileInTheMirrorIsPassedOverForTheRightOneUpstream() throws IOException {
        Files.write(mirror.resolve("detector.onnx"), new byte[TinyPacks.DETECTOR.length]);
        try (Upstream upstream = new Upstream(Mood.GOOD)) {
            ResolvedPack pack = resolve("open", upstream.base()).orThrow();

            assertThat(pack.detector().onnx()).hasBinaryContent(TinyPacks.DETECTOR);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG, wrong SHA-256",
        "SHORT, is truncated: 5 of",
        "LONG, broke off",
        "NOT_FOUND, answered 404"
    })
    void whatIsNotTheFileIsRefusedAndLeavesNothing(Mood mood, String reason) throws IOException {
        try (Upstream upstream = new Upstream(mood)) {
            Resolution resolution = resolve("open", upstream.base());

            assertThat(resolution)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .contains(
                                                    "detector.onnx",
                                                    reason,
                                                    "FACET_MODELS_MIRROR"));
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, is truncated: 10 of 30", "30, wrong SHA-256"})
    void aBadMirrorWithoutANetworkIsRefused(int length, String reason) throws IOException {
        Files.write(mirror.resolve("detector.onnx"), new byte[length == 0 ? 10 : length]);

        Resolution resolution =
                new CatalogResolver(
                                TinyPacks.catalog("https://example.org/", "https://example.org/"),
                                TinyPacks.options(cache, Optional.of(mirror), false))
                        .resolve("open");

        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_CORRUPT);
                            assertThat(refused.reason()).contains(reason);
                        });
        assertThat(files()).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenIsSaid() throws IOException {
        Path file = Files.createFile(mirror.resolve("a-file"));
        ResolveOptions options = new ResolveOptions(file, Optional.empty(), true, false, _ -> {});
        try (Upstream upstream = new Upstream(Mood.GOOD)) {
            Resolution resolution =
                    new CatalogResolver(
                                    TinyPacks.catalog(upstream.base(), upstream.base()), options)
                            .resolve("open");
            assertThat(resolution)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> {
                                assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                                assertThat(refused.reason())
                                        .contains("cannot write", "models.cache_dir");
                            });
        }
    }

    @Test
    void aDamagedCacheIsMadeAgain() throws IOException {
        try (Upstream upstream = new Upstream(Mood.GOOD)) {
            Path file = resolve("open", upstream.base()).orThrow().detector().onnx();
            Files.write(file, new byte[] {1, 2, 3});

            resolve("open", upstream.base()).orThrow();

            assertThat(file).hasBinaryContent(TinyPacks.DETECTOR);
            assertThat(upstream.requests()).isEqualTo(3);
        }
    }

    @Test
    void anUnreachableHostIsAskedOnceAndSaid() throws IOException {
        String nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = "http://127.0.0.1:" + free.getLocalPort() + "/";
        }
        List<String> progress = new ArrayList<>();
        ResolveOptions options =
                new ResolveOptions(cache, Optional.empty(), true, false, progress::add);

        Resolution resolution =
                new CatalogResolver(TinyPacks.catalog(nobody, nobody), options).resolve("auto");

        assertThat(resolution)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                            assertThat(refused.reason())
                                    .contains("neither pack open nor pack starter")
                                    .contains("127.0.0.1 cannot be reached");
                        });
        assertThat(progress).filteredOn(line -> line.startsWith("fetching")).hasSize(1);
    }

    @Test
    void autoTakesStarterWhenOpenCannotBeHadAndSaysWhy() throws IOException {
        try (Upstream bad = new Upstream(Mood.NOT_FOUND);
                Upstream good = new Upstream(Mood.GOOD)) {
            Resolution resolution =
                    new CatalogResolver(
                                    TinyPacks.catalog(bad.base(), good.base()),
                                    TinyPacks.options(cache, Optional.empty(), true))
                            .resolve("auto");

            // The tiny packs share their files, so what starter fetches is what open lacked.
            assertThat(resolution)
                    .isInstanceOfSatisfying(
                            Resolved.class,
                            resolved -> {
                                assertThat(resolved.pack().pack().name()).isEqualTo("starter");
                                assertThat(resolved.notes())
                                        .singleElement()
                                        .asString()
                                        .contains("pack open cannot be had", "404");
                            });
        }
    }

    @Test
    void restrictedWeightsWithoutAcceptanceMeanAutoWithOneWarning() throws IOException {
        try (Upstream upstream = new Upstream(Mood.GOOD)) {
            Resolution resolution =
                    new CatalogResolver(
                                    TinyPacks.restricted(upstream.base()),
                                    TinyPacks.options(cache, Optional.empty(), true))
                            .resolve("insightface");

            assertThat(resolution)
                    .isInstanceOfSatisfying(
                            Resolved.class,
                            resolved -> {
                                assertThat(resolved.pack().pack().name()).isEqualTo("open");
                                assertThat(resolved.notes())
                                        .singleElement()
                                        .asString()
                                        .contains("--accept-license");
                            });
        }
    }

    @Test
    void restrictedWeightsAreTakenWhenAccepted() throws IOException {
        try (Upstream upstream = new Upstream(Mood.GOOD)) {
            ResolveOptions accepted =
                    new ResolveOptions(cache, Optional.empty(), true, true, _ -> {});

            ResolvedPack pack =
                    new CatalogResolver(TinyPacks.restricted(upstream.base()), accepted)
                            .resolve("insightface")
                            .orThrow();

            assertThat(pack.pack().name()).isEqualTo("insightface");
        }
    }

    @Test
    void anUnknownPackIsRefusedWithTheNamesThereAre() {
        Throwable refusal =
                catchThrowable(() ->
                        ModelPacks.resolver(TinyPacks.options(cache, Optional.empty(), false))
                                .resolve("opne")
                                .orThrow());

        assertThat(refusal)
                .hasMessageContaining("'opne'")
                .hasMessageContaining("open, starter, zoo, insightface");
    }

    @Test
    void severalAtOnceFetchEachFileOnce() throws Exception {
        try (Upstream upstream = new Upstream(Mood.GOOD);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<Resolution> start = () -> resolve("open", upstream.base());

            List<Future<Resolution>> all = threads.invokeAll(List.of(start, start, start, start));

            for (Future<Resolution> one : all) {
                assertThat(one.get()).isInstanceOf(Resolved.class);
            }
            assertThat(upstream.requests()).isEqualTo(2);
        }
    }

    @Test
    void aProcessKilledInTheMiddleLeavesNoFileUnderItsName() throws Exception {
        try (Upstream hanging = new Upstream(Mood.HANGING)) {
            Process child = fetchInAnotherProcess(hanging.base());
            try {
                hanging.awaitHalf();
                assertThat(child.isAlive()).isTrue();
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
        assertThat(files()).noneMatch(name -> name.endsWith(".onnx"));

        try (Upstream good = new Upstream(Mood.GOOD)) {
            resolve("open", good.base()).orThrow();
        }
        assertThat(files()).hasSize(2).allMatch(name -> name.endsWith(".onnx"));
    }

    /** The child's main. */
    public static final class Child {
        private Child() {}

        /** Arguments: address, cache folder. */
        public static void main(String[] args) {
            new CatalogResolver(
                            TinyPacks.catalog(args[0], args[0]),
                            TinyPacks.options(Path.of(args[1]), Optional.empty(), true))
                    .resolve("open");
        }
    }

    private Process fetchInAnotherProcess(String base) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                Arrays.asList(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        base,
                        cache.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Resolution resolve(String pack, String base) {
        return new CatalogResolver(
                        TinyPacks.catalog(base, base),
                        TinyPacks.options(cache, Optional.of(mirror), true))
                .resolve(pack);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(cache)) {
            return all.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
        }
    }
}
