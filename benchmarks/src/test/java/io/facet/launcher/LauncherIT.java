package io.facet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher itself, on the jars this build has just made. */
class LauncherIT {
    private final Path home = Places.find(System.getenv(), Path.of("")).home();

    @TempDir Path folder;

    private record Run(int status, String out, String err) {}

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
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("facet").toString());
        builder.directory(home.toFile()).command().addAll(List.of(arguments));
        builder.environment().put("FACET_BUILT", "yes");
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int status = process.waitFor();
        return new Run(status, Files.readString(out), Files.readString(err));
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
