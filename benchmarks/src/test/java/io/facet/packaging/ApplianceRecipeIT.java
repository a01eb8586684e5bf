package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.config.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The appliance's recipe as far as it can be looked at without making an image. */
class ApplianceRecipeIT {
    private final Path home = Places.find(System.getenv(), Path.of("")).home();
    private final Path recipe = home.resolve("provisioning/appliance");

    @TempDir Path folder;

    @Test
    void itsScriptsAreShell() throws Exception {
        for (Path script : scripts()) {
            assertThat(DebianRoot.run(Map.of(), "sh", "-n", script.toString()).text()).isEmpty();
        }
    }

    @Test
    void shellcheckFindsNothing() throws Exception {
        assumeThat(Path.of("/usr/bin/shellcheck")).as("shellcheck").exists();
        for (Path script : scripts()) {
            assertThat(
                            DebianRoot.run(
                                            Map.of(),
                                            "shellcheck",
                                            "--exclude=SC1091,SC2154",
                                            script.toString())
                                    .text())
                    .isEmpty();
        }
    }

    @Test
    void systemdTakesItsUnits() throws Exception {
        assumeThat(Path.of("/usr/bin/systemd-analyze")).as("systemd-analyze").exists();
        Path units = Files.createDirectories(folder.resolve("units"));
        for (String name : List.of("facet-storage", "facet-join", "facet-console")) {
            String unit = name + ".service";
            String text = Files.readString(recipe.resolve("root/etc/systemd/system").resolve(unit));
            // Where the scripts are: verify looks whether they can be run.
            Files.writeString(
                    units.resolve(unit), text.replace("=/usr/lib", "=" + recipe + "/root/usr/lib"));
        }
        Files.writeString(units.resolve("facet-edge.service"), "[Service]\nExecStart=/bin/true\n");
        for (String name : List.of("facet-storage", "facet-join", "facet-console")) {
            Path unit = units.resolve(name + ".service");
            assertThat(
                            DebianRoot.run(
                                            Map.of(),
                                            "systemd-analyze",
                                            "verify",
                                            "--man=no",
                                            unit.toString())
                                    .text()
                                    .lines())
                    .noneMatch(line -> line.contains(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--arch riscv, is amd64 or arm64",
        "--name gate, goes with --join",
        "--join nothing, wants TOKEN@HUB",
        "--overlay /nowhere, no folder /nowhere",
        "--what ever, unknown option --what",
        "--deb, needs a value"
    })
    void wrongOptionsAreNamedBeforeAnythingIsDone(String options, String said) throws Exception {
        DebianRoot.Run run = image(options.split(" "));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.text()).startsWith("facet: ").contains(said);
    }

    @Test
    void itsHelpNamesEveryOptionItTakes() throws Exception {
        DebianRoot.Run help = image("--help");
        assertThat(help.status()).isZero();
        String build = Files.readString(recipe.resolve("build"));
        java.util.regex.Pattern.compile("(?m)^ +(--[a-z]+)\\) [a-z]+=")
                .matcher(build)
                .results()
                .forEach(option -> assertThat(help.text()).contains(option.group(1)));
    }

    private DebianRoot.Run image(String... options) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(home.resolve("facet").toString());
        command.add("image");
        command.addAll(List.of(options));
        return DebianRoot.run(Map.of("FACET_BUILT", "yes"), command.toArray(String[]::new));
    }

    private List<Path> scripts() throws Exception {
        Path lib = recipe.resolve("root/usr/lib/facet-appliance");
        try (Stream<Path> all = Files.list(lib)) {
            return Stream.concat(
                            all.filter(Files::isRegularFile),
                            Stream.of(recipe.resolve("build"), recipe.resolve("customize")))
                    .toList();
        }
    }
}
