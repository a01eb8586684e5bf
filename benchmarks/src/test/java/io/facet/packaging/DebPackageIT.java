package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.config.Places;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Packages around an empty release: control files, units, natives. */
class DebPackageIT {
    /** systemd's figure for how exposed a service is, times ten; 10 is "OK", 0 a sealed box. */
    private static final int MOST_EXPOSED = 20;

    private final Path home = Places.find(System.getenv(), Path.of("")).home();

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"EDGE, AMD64", "EDGE, ARM64", "HUB, AMD64", "HUB, ARM64"})
    void thePackageSaysWhatItIs(Role role, Architecture architecture) throws Exception {
        assumeThat(has("dpkg-deb")).as("dpkg-deb is there").isTrue();
        Path deb = build(role, architecture);
        String name = "facet-" + role.label();
        assertThat(deb.getFileName())
                .hasToString(name + "_1.2.0~rc1_" + architecture.debian() + ".deb");
        assertThat(said("dpkg-deb", "-f", deb.toString(), "Package", "Version", "Architecture"))
                .contains("Package: " + name, "Version: 1.2.0~rc1")
                .contains("Architecture: " + architecture.debian());
        assertThat(said("dpkg-deb", "-I", deb.toString(), "conffiles").lines())
                .containsExactly(
                        "/etc/facet/" + role.label() + ".json",
                        "/etc/facet/" + role.label() + ".env");
        String content = said("dpkg-deb", "-c", deb.toString());
        assertThat(content)
                .containsPattern("-rwxr-xr-x root/root .* ./usr/lib/facet/.*/launch\n")
                .contains("/usr/bin/" + name + " -> ../lib/facet/" + role.label() + "/launch")
                .contains("/lib/systemd/system/" + name + ".service")
                .contains("/usr/share/doc/" + name + "/copyright");
        assertThat(content.lines()).noneMatch(line -> line.startsWith("-rwxrwx"));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void maintainerScriptsAreShell(Role role) throws Exception {
        assumeThat(has("dpkg-deb")).as("dpkg-deb is there").isTrue();
        Path deb = build(role, Architecture.AMD64);
        Path control = folder.resolve("control");
        said("dpkg-deb", "-e", deb.toString(), control.toString());
        for (String script : List.of("postinst", "prerm", "postrm")) {
            assertThat(Files.readString(control.resolve(script))).doesNotContainPattern("@[A-Z]+@");
            assertThat(said("sh", "-n", control.resolve(script).toString())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void systemdTakesTheUnitAndFindsItHardened(Role role) throws Exception {
        assumeThat(has("dpkg-deb") && has("systemd-analyze")).as("systemd is there").isTrue();
        Path root = folder.resolve("root");
        said("dpkg-deb", "-x", build(role, Architecture.AMD64).toString(), root.toString());
        String name = "facet-" + role.label() + ".service";
        Path unit = root.resolve("lib/systemd/system").resolve(name);
        // Where the package's files are: verify looks whether they can be run.
        Files.writeString(
                unit, Files.readString(unit).replace("ExecStart=/", "ExecStart=" + root + "/"));
        assertThat(said("systemd-analyze", "verify", "--man=no", unit.toString()).lines())
                .noneMatch(line -> line.contains(name));
        assertThat(
                        said(
                                "systemd-analyze",
                                "security",
                                "--offline=yes",
                                "--no-pager",
                                "--threshold=" + MOST_EXPOSED,
                                unit.toString()))
                .contains("Overall exposure level");
    }

    /** Of the jars that hold natives of many machines. */
    @ParameterizedTest
    @EnumSource(Architecture.class)
    void onlyNativesOfTheMachineAreLeft(Architecture architecture) throws Exception {
        for (String library : List.of("onnxruntime", "sqlite-jdbc")) {
            Path jar = library(library);
            Path copy = folder.resolve(library + ".jar");
            Natives.copy(jar, copy, architecture);
            assertThat(machines(copy))
                    .as(library)
                    .isNotEmpty()
                    .containsOnly(architecture.elfMachine());
            assertThat(classes(copy)).isEqualTo(classes(jar)).isPositive();
            assertThat(Files.size(copy)).isLessThan(Files.size(jar));
        }
    }

    @Test
    void aRuntimeOfAnotherMachineIsRefused() throws Exception {
        Path runtime = Files.createDirectories(folder.resolve("runtime"));
        Files.writeString(runtime.resolve("release"), "OS_ARCH=\"aarch64\"\n");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> RuntimeImage.copy(runtime, Architecture.AMD64, folder.resolve("to")))
                .hasMessageContaining("aarch64, not for x86_64");
        RuntimeImage.copy(runtime, Architecture.ARM64, folder.resolve("to"));
        assertThat(folder.resolve("to/release")).exists();
    }

    private Path build(Role role, Architecture architecture) throws Exception {
        Path stage = Files.createDirectories(folder.resolve("stage"));
        Files.setPosixFilePermissions(
                stage, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        DebPackage deb = new DebPackage(home, role, architecture, "1.2.0-rc1", stage);
        Files.createDirectories(deb.release());
        Files.writeString(deb.release().resolve("version"), "1.2.0-rc1\n");
        Path file = folder.resolve(deb.fileName());
        deb.build(file);
        return file;
    }

    private Path library(String name) throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(home.resolve("edge-agent/target/lib"), name + "-*.jar")) {
            return jars.iterator().next();
        }
    }

    private static List<Integer> machines(Path jar) throws IOException {
        List<Integer> machines = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    byte[] head = in.readNBytes(20);
                    if (head.length == 20 && head[1] == 'E' && head[2] == 'L' && head[3] == 'F') {
                        machines.add(head[18] & 0xFF);
                    }
                    assertThat(entry.getName()).doesNotEndWith(".dll").doesNotEndWith(".dylib");
                }
            }
        }
        return machines;
    }

    private static long classes(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().filter(e -> e.getName().endsWith(".class")).count();
        }
    }

    private static boolean has(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    /** What a program that succeeds says. */
    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
