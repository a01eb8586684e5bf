package io.facet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.Places;
import io.facet.launcher.Facet.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher itself, on the jars this build has just made. */
class LauncherIT {
    private final Path home = Places.find(System.getenv(), Path.of("")).home();

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hub",
                "edge",
                "up",
                "models",
                "eval",
                "bench",
                "doctor",
                "enroll",
                "recognize",
                "config",
                "package",
                "update",
                "test"
            })
    void everyVerbExplainsItself(String verb) throws Exception {
        Run run = facet(Map.of(), verb, "--help");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Usage: facet " + verb);
    }

    @Test
    void helpNamesEveryVerb() throws Exception {
        assertThat(facet(Map.of(), "--help").out())
                .contains("hub", "edge", "up", "models", "eval", "bench", "doctor", "enroll");
    }

    @Test
    void anOlderJavaHomeIsPassedOver() throws Exception {
        Run run = facet(Map.of("JAVA_HOME", jdk("17").toString()), "config", "check");
        assertThat(run.status()).as(run.err()).isZero();
    }

    @Test
    void withoutAJdkOneSentenceSaysWhatToInstall() throws Exception {
        Run run =
                facet(
                        Map.of(
                                "JAVA_HOME", jdk("17").toString(),
                                "FACET_JDK_FOLDERS", "",
                                "PATH", withoutJavac().toString()),
                        "config",
                        "check");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().strip().lines()).hasSize(1);
        assertThat(run.err()).contains("no JDK 25 found").contains("install Temurin 25");
    }

    @Test
    void withoutAVerbItExplainsItself() throws Exception {
        Run run = facet(Map.of());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Usage: facet", "up");
    }

    @Test
    void worksFromAnotherFolderAndAtAPathWithSpaces() throws Exception {
        Path launcher = installation("a facet of mine");
        Run run = new Facet(launcher, folder).runIn(Path.of("/"), Map.of(), "models", "list");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("starter");
    }

    @Test
    void theFirstRunAfterABuildRehearsesAndLaterOnesDoNot() throws Exception {
        Path launcher = installation("rehearsed here");
        Path cache = launcher.resolveSibling("target/aot/cli.aot");
        Map<String, String> first = Map.of("FACET_BUILT", "");
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            Future<Run> one = two.submit(() -> listModels(launcher, "one", first));
            Future<Run> other = two.submit(() -> listModels(launcher, "other", first));
            assertThat(List.of(one.get(), other.get()))
                    .allSatisfy(run -> assertThat(run.status()).as(run.err()).isZero());
            String said = one.get().err() + other.get().err();
            assertThat(said.split("preparing fast starts", -1)).as(said).hasSize(2);
        }
        assertThat(cache).exists();
        assertThat(listModels(launcher, "again", first).err()).isEmpty();
        Files.write(cache, new byte[100]);
        Run damaged = listModels(launcher, "damaged", first);
        assertThat(damaged.status()).isZero();
        assertThat(damaged.err()).isEmpty();
    }

    @Test
    void aRehearsalThatFailsStopsNobody() throws Exception {
        Path launcher = installation("unrehearsed");
        Map<String, String> noSharing = Map.of("FACET_BUILT", "", "FACET_JVM", "-Xshare:off");
        Run run = listModels(launcher, "scratch", noSharing);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("starter");
        assertThat(launcher.resolveSibling("target/aot/cli.aot")).doesNotExist();
        assertThat(listModels(launcher, "scratch", noSharing).err()).isEmpty();
    }

    @Test
    void anUnknownVerbSaysSo() throws Exception {
        Run run = facet(Map.of(), "recognise");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("recognise");
    }

    @Test
    void jsonIsTheLastLine() throws Exception {
        Run run = facet(Map.of(), "models", "list", "--json");
        List<String> lines = run.out().strip().lines().toList();
        JsonNode json = JsonMapper.builder().build().readTree(lines.getLast());
        assertThat(json.isObject()).isTrue();
    }

    private Run facet(Map<String, String> environment, String... arguments) throws Exception {
        return new Facet(folder).run(environment, arguments);
    }

    /** A built installation elsewhere: the launcher itself, links to the jars of this build. */
    private Path installation(String name) throws IOException {
        Path there = Files.createDirectories(folder.resolve(name));
        Path launcher = Files.copy(home.resolve("facet"), there.resolve("facet"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.copy(home.resolve("config.json"), there.resolve("config.json"));
        Files.createFile(there.resolve("mvnw"));
        for (String module : List.of("shared-model", "benchmarks")) {
            Files.createSymbolicLink(there.resolve(module), home.resolve(module));
        }
        Files.createFile(Files.createDirectories(there.resolve("target")).resolve(".built"));
        return launcher;
    }

    private Run listModels(Path launcher, String scratch, Map<String, String> environment)
            throws Exception {
        Path said = Files.createDirectories(folder.resolve(scratch));
        return new Facet(launcher, said).run(environment, "models", "list");
    }

    /** As much of a JDK as the launcher looks at. */
    private Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk-" + version);
        Path javac = jdk.resolve("bin/javac");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(javac, "#!/bin/sh\necho javac " + version + "\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        return jdk;
    }

    /** A PATH with what a shell script needs and no compiler. */
    private Path withoutJavac() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : List.of("sh", "sed", "dirname", "readlink", "find", "head", "env")) {
            Path from = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(
                    bin.resolve(tool), Files.exists(from) ? from : Path.of("/bin", tool));
        }
        return bin;
    }
}
