package io.facet.edge.outbox;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes, as root on Linux can mount one; else the test is skipped. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        assumeThat(
                        run(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=" + megabytes + "m",
                                "facet",
                                folder.toString()))
                .as("a small disk can be mounted (root on Linux)")
                .isTrue();
        return new SmallDisk(folder);
    }

    Path path() {
        return folder;
    }

    /** Takes all the room that is left but so many bytes, as somebody else would. */
    Path fillBut(long bytes) throws IOException {
        Path file = folder.resolve("somebody-elses");
        byte[] some = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (folder.toFile().getUsableSpace() > bytes) {
                out.write(some);
            }
        }
        return file;
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
            return process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", folder.toString());
    }
}
