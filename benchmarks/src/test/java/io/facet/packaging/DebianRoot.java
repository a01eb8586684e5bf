package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bare Debian in a folder, entered by chroot. Takes root, debootstrap and a mirror. */
final class DebianRoot {
    /** In a mount namespace of its own, so that /proc is gone when the command is. */
    private static final String ENTER =
            "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" \"$@\"";

    private final Path folder;

    private DebianRoot(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where there is no root, no debootstrap or no mirror. */
    static DebianRoot make(Path folder) throws Exception {
        assumeThat(System.getProperty("user.name")).as("the user").isEqualTo("root");
        assumeThat(Path.of("/usr/sbin/debootstrap")).as("debootstrap").exists();
        Run made = run(Map.of(), "debootstrap", "--variant=minbase", "stable", folder.toString());
        assumeThat(made.status()).as("debootstrap: " + made.text()).isZero();
        Files.copy(
                Path.of("/etc/resolv.conf"),
                folder.resolve("etc/resolv.conf"),
                StandardCopyOption.REPLACE_EXISTING);
        return new DebianRoot(folder);
    }

    /** A file in it, by its path without the first slash. */
    Path path(String inside) {
        return folder.resolve(inside);
    }

    /** Installs a package of this machine with what it needs of Debian's. */
    void install(Path deb) throws Exception {
        inside("apt-get", "update");
        inside("apt-get", "install", "-y", "--no-install-recommends", take(deb));
    }

    /** Copies a file into it; its path there. */
    String take(Path file) throws IOException {
        Path there = path("tmp").resolve(String.valueOf(file.getFileName()));
        Files.copy(file, there, StandardCopyOption.REPLACE_EXISTING);
        return "/tmp/" + there.getFileName();
    }

    /** Runs a command that succeeds; what it says. */
    String inside(String... command) throws Exception {
        Process process = chroot(command).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /**
     * A package's launcher as systemd starts it: as the package's user, with some variables.
     *
     * @param variables in env's form, as {@code NAME=value}
     */
    Process service(String role, Path log, String... variables) throws IOException {
        String user = "facet-" + role;
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + user,
                                "--regid=" + user,
                                "--clear-groups",
                                "env",
                                "HOME=/var/lib/facet/" + role));
        command.addAll(List.of(variables));
        command.addAll(List.of("/usr/lib/facet/" + role + "/launch", "run"));
        return chroot(command.toArray(String[]::new))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    ProcessBuilder chroot(String... command) {
        List<String> all = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", ENTER));
        all.add(folder.toString());
        all.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FACET_"));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return builder;
    }

    /** How a program of this machine ended, and what it said on both streams. */
    record Run(int status, String text) {}

    static Run run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), said);
    }
}
