package io.facet.packaging;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Puts together what runs: {@code runtime/}, {@code app/} with all jars, {@code models/}, {@code
 * jvm.options}, {@code version}. The launcher and the slots know this layout.
 */
final class ReleaseFolder {
    private final Path home;
    private final Role role;
    private final Architecture architecture;
    private final Path folder;

    /**
     * @param home the built checkout
     * @param folder to fill; does not exist
     */
    ReleaseFolder(Path home, Role role, Architecture architecture, Path folder) {
        this.home = home;
        this.role = role;
        this.architecture = architecture;
        this.folder = folder;
    }

    /** Where the runtime goes. */
    Path runtime() {
        return folder.resolve("runtime");
    }

    /** Where the models go. */
    Path models() {
        return folder.resolve("models");
    }

    void writeTexts(String version) throws IOException {
        Files.writeString(folder.resolve("version"), version + "\n");
        Files.writeString(folder.resolve("jvm.options"), role.jvmOptions());
    }

    /**
     * Copies the jars; those of natives are swapped for the architecture's own.
     *
     * @param builtFor what this build's jars are for
     */
    void addJars(Architecture builtFor) throws IOException, InterruptedException {
        Path app = Files.createDirectories(folder.resolve("app"));
        List<String> wanted = new ArrayList<>();
        for (Path jar : jars()) {
            String name = String.valueOf(jar.getFileName());
            Optional<Architecture.Coordinates> own = architecture.counterpart(name, builtFor);
            if (architecture != builtFor && own.isPresent()) {
                wanted.add(own.get().text());
            } else {
                Natives.copy(jar, app.resolve(name), architecture);
            }
        }
        fetch(wanted, app);
    }

    private List<Path> jars() throws IOException {
        Path target = home.resolve(role.module()).resolve("target");
        Path main = target.resolve("facet-" + role.module() + ".jar");
        if (!Files.exists(main)) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND, main + " is not built; run ./facet package");
        }
        List<Path> jars = new ArrayList<>(List.of(main));
        libraries(main).forEach(library -> jars.add(target.resolve(library)));
        return jars;
    }

    /** Those it names, for a build folder keeps libraries of builds before. */
    private static List<String> libraries(Path main) throws IOException {
        try (JarFile jar = new JarFile(main.toFile())) {
            String named =
                    Optional.ofNullable(jar.getManifest())
                            .map(manifest ->
                                    manifest.getMainAttributes()
                                            .getValue(Attributes.Name.CLASS_PATH))
                            .orElse("");
            return Pattern.compile(" ")
                    .splitAsStream(named)
                    .filter(library -> !library.isBlank())
                    .toList();
        }
    }

    /** From where Maven gets everything else. */
    private void fetch(List<String> coordinates, Path to) throws IOException, InterruptedException {
        for (String artifact : coordinates) {
            Programs.run(
                    home,
                    List.of(
                            home.resolve("mvnw").toString(),
                            "-B",
                            "-ntp",
                            "-q",
                            "-N",
                            "dependency:copy",
                            "-Dartifact=" + artifact,
                            "-DoutputDirectory=" + to));
        }
    }
}
