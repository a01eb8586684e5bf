package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A machine that qemu plays, started from a disk image; its serial line goes to a file. Reaches
 * this machine at 10.0.2.2. {@code FACET_QEMU_ACCEL=kvm} where that works; without, every
 * instruction is translated.
 */
final class Guest implements AutoCloseable {
    static final String HOST = "10.0.2.2";
    static final Path FIRMWARE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");

    /** Translated starts take minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final Pattern FINDING = Pattern.compile("finding (\\w+)=(.*)");

    private final Process process;
    private final Path serial;

    private Guest(Process process, Path serial) {
        this.process = process;
        this.serial = serial;
    }

    /**
     * @param serial file for what it says; what is there is overwritten
     */
    static Guest start(Path disk, Path serial) throws IOException {
        Path variables = serial.resolveSibling(serial.getFileName() + ".variables");
        Files.copy(
                FIRMWARE.resolveSibling("OVMF_VARS_4M.fd"),
                variables,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(serial);
        String accelerator = System.getenv().getOrDefault("FACET_QEMU_ACCEL", "tcg,thread=multi");
        List<String> command =
                new ArrayList<>(List.of(QEMU.toString(), "-machine", "q35", "-smp", "2"));
        command.addAll(List.of("-m", "2048", "-accel", accelerator, "-cpu", "max"));
        command.addAll(List.of("-display", "none", "-monitor", "none", "-no-user-config"));
        command.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + FIRMWARE));
        command.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables));
        command.addAll(List.of("-drive", "if=virtio,format=raw,file=" + disk));
        command.addAll(List.of("-netdev", "user,id=line", "-device", "virtio-net,netdev=line"));
        command.addAll(List.of("-device", "virtio-rng-pci", "-device", "i6300esb"));
        command.addAll(List.of("-serial", "file:" + serial));
        return new Guest(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(serial.resolveSibling("qemu.log").toFile())
                        .start(),
                serial);
    }

    /** Waits until the serial line has said it. */
    void awaitSaid(String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    String said = said();
                    assertThat(process.isAlive()).as(said).isTrue();
                    assertThat(said).contains(text);
                });
    }

    String said() throws IOException {
        return Files.exists(serial)
                ? Files.readString(serial, java.nio.charset.StandardCharsets.ISO_8859_1)
                : "";
    }

    /** What the tests' image looked at, once it has said all of it. */
    Map<String, String> findings() throws IOException {
        awaitSaid("finding end=");
        Map<String, String> findings = new TreeMap<>();
        FINDING.matcher(said())
                .results()
                .forEach(found -> findings.put(found.group(1), found.group(2).strip()));
        return findings;
    }

    /** The power goes. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
