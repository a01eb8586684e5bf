package io.facet.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Debian package around a release: launcher, systemd unit, configuration, maintainer scripts,
 * from the templates of {@code provisioning/debian}.
 */
final class DebPackage {
    private static final String EXECUTABLE = "rwxr-xr-x";
    private static final String READABLE = "rw-r--r--";

    private final Path home;
    private final Role role;
    private final Path root;
    private final Map<String, String> words;

    /**
     * @param home the checkout with the templates
     * @param version of Facet
     * @param root the folder that becomes the package's content
     */
    DebPackage(Path home, Role role, Architecture architecture, String version, Path root) {
        this.home = home;
        this.role = role;
        this.root = root;
        this.words = new HashMap<>(role.words());
        words.put("VERSION", debianVersion(version));
        words.put("ARCHITECTURE", architecture.debian());
    }

    /**
     * Debian takes what follows a hyphen for its own revision; a tilde sorts before the release.
     */
    static String debianVersion(String version) {
        return version.replaceFirst("-", "~");
    }

    /** Where the release goes; to be filled before {@link #build}. */
    Path release() {
        return root.resolve("usr/lib/facet/" + role.label() + "/release");
    }

    /** Where the key that updates are signed with goes; without it the box takes none. */
    Path releaseKey() {
        return root.resolve("usr/lib/facet/" + role.label() + "/release-key");
    }

    /** The file's name, as Debian has it. */
    String fileName() {
        return "facet-%s_%s_%s.deb"
                .formatted(role.label(), words.get("VERSION"), words.get("ARCHITECTURE"));
    }

    /** Writes the package; under its name it is whole. */
    void build(Path file) throws IOException, InterruptedException {
        String name = role.label();
        String unit = "facet-" + name + ".service";
        words.put("HARDENING", template("hardening.conf").strip());
        write("usr/lib/facet/" + name + "/launch", template("launch"), EXECUTABLE);
        write("lib/systemd/system/" + unit, template(name + "/" + unit), READABLE);
        for (String config : List.of(name + ".json", name + ".env")) {
            write("etc/facet/" + config, template(name + "/" + config), READABLE);
        }
        Path bin = Files.createDirectories(root.resolve("usr/bin"));
        Files.createSymbolicLink(
                bin.resolve("facet-" + name), Path.of("../lib/facet/" + name + "/launch"));
        documentation();
        control();
        Path part = Path.of(root + ".deb");
        Programs.run(
                root,
                List.of(
                        "dpkg-deb",
                        "--build",
                        "--root-owner-group",
                        "-Zxz",
                        "-z1",
                        root.toString(),
                        part.toString()));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void documentation() throws IOException {
        String folder = "usr/share/doc/facet-" + role.label() + "/";
        write(folder + "operations.md", text(home.resolve("docs/operations.md")), READABLE);
        write(folder + "copyright", text(home.resolve("NOTICE")), READABLE);
    }

    private void control() throws IOException {
        words.put("SIZE", Long.toString(Trees.size(root) / 1024));
        write("DEBIAN/control", template("control"), READABLE);
        write(
                "DEBIAN/conffiles",
                "/etc/facet/%1$s.json\n/etc/facet/%1$s.env\n".formatted(role.label()),
                READABLE);
        for (String script : List.of("postinst", "prerm", "postrm")) {
            write("DEBIAN/" + script, template(script), EXECUTABLE);
        }
    }

    private String template(String name) throws IOException {
        String text = text(home.resolve("provisioning/debian").resolve(name));
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("@" + word.getKey() + "@", word.getValue());
        }
        return text;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    private void write(String name, String text, String mode) throws IOException {
        Path file = root.resolve(name);
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString(mode));
    }
}
