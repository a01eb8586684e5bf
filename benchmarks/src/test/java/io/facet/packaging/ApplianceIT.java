package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.cli.client.HubClient;
import io.facet.config.Places;
import io.facet.tls.TrustedCa;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The appliance's image, made by its recipe and booted by qemu beside a hub: joins by the file on
 * its boot partition, is ready, comes back after a power cut, and is reset. Takes a quarter of an
 * hour and a Debian mirror.
 */
@Tag("long")
@SuppressWarnings("NullAway.Init") // JUnit calls the method before the test
class ApplianceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String NAME = "gate";

    /** systemd's figure for how exposed a service is; 2.0 is the packages' own test's limit. */
    private static final double MOST_EXPOSED = 2.0;

    private static final long DATA_BYTES = 1L << 30;
    private static final int BOOT_BYTES = 16 << 20;
    private static final int SECTOR = 512;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path folder;
    private final Path home = Places.find(System.getenv(), Path.of("")).home();
    private Path data;
    private Process hub;

    @BeforeEach
    void startAHub() throws Exception {
        assumeThat(Guest.QEMU).as("qemu").exists();
        assumeThat(Guest.FIRMWARE).as("firmware for qemu").exists();
        for (String needed : List.of("mmdebstrap", "sqfstar", "mcopy")) {
            assumeThat(Path.of("/usr/bin", needed)).as(needed).exists();
        }
        data = folder.resolve("hub");
        Path settings =
                Files.writeString(
                        folder.resolve("hub.json"),
                        """
                        {"hub": {"host": "0.0.0.0", "tls_names": ["%s", "localhost"]},
                         "mqtt": {"host": "0.0.0.0"}}
                        """
                                .formatted(Guest.HOST));
        ProcessBuilder builder = new ProcessBuilder(home.resolve("facet").toString(), "hub");
        builder.command().addAll(List.of("--data", data.toString(), "--port", "0"));
        builder.command().addAll(List.of("--config", settings.toString()));
        builder.environment().put("FACET_BUILT", "yes");
        Path log = folder.resolve("hub.log");
        hub = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("the hub serves"));
    }

    @AfterEach
    void stopTheHub() throws Exception {
        if (hub != null) {
            hub.destroy();
            hub.waitFor();
        }
    }

    @Test
    void joinsRunsSurvivesAPowerCutAndIsReset() throws Exception {
        String token = token();
        Path disk = image(token);
        assertThat(onBoot(disk, token)).isTrue();
        grow(disk);
        try (Guest guest = Guest.start(disk, folder.resolve("first"))) {
            guest.awaitSaid("facet: joined " + Guest.HOST);
            guest.awaitSaid("facet: agent ready");
            awaitOnline();
            Map<String, String> findings = guest.findings();
            System.out.println(findings);
            holds(findings);
        }
        assertThat(bootFile(disk, "facet-join-result.txt")).contains("joined " + Guest.HOST);
        assertThat(bootFile(disk, "facet-join.txt")).isEmpty();
        assertThat(onBoot(disk, token)).as("the token is still on the disk").isFalse();

        try (Guest guest = Guest.start(disk, folder.resolve("second"))) {
            guest.awaitSaid("facet: agent ready");
            assertThat(guest.said()).doesNotContain("joined", "making the data partition");
            awaitOnline();
        }

        write(disk, "facet-reset.txt", "");
        write(disk, "facet-join.txt", token);
        try (Guest guest = Guest.start(disk, folder.resolve("third"))) {
            guest.awaitSaid("facet: reset");
            guest.awaitSaid("facet: not joined: the hub refuses to let this box join");
            assertThat(guest.said()).doesNotContain("agent ready");
        }
        assertThat(bootFile(disk, "facet-reset.txt")).isEmpty();
        assertThat(bootFile(disk, "facet-join-result.txt")).contains("not joined");
    }

    /** What the package promises, seen on a machine that systemd runs. */
    private static void holds(Map<String, String> findings) {
        assertThat(findings)
                .hasEntrySatisfying("root", root -> assertThat(root).startsWith("squashfs ro"))
                .hasEntrySatisfying("data", data -> assertThat(data).startsWith("ext4 rw,nosuid"))
                .containsEntry("write_usr", "refused")
                .containsEntry("write_etc", "refused")
                .containsEntry("unit_writes_etc", "refused")
                .containsEntry("unit_writes_system", "refused")
                .containsEntry("user", "facet-edge")
                .containsEntry("capabilities", "0000000000000000")
                .containsEntry("no_new_privileges", "1")
                .containsEntry("seccomp", "2")
                .containsEntry("unit_watchdog", "1min")
                .containsEntry("restarts", "0")
                .containsEntry("state", "ready")
                .containsEntry("machine_watchdog", "active")
                .containsEntry("root_password", "L")
                .containsEntry("sign_in", "0")
                .containsEntry("failed", "");
        assertThat(Double.parseDouble(findings.getOrDefault("exposure", "10")))
                .isLessThanOrEqualTo(MOST_EXPOSED);
        assertThat(findings.get("join_file"))
                .contains("facet-join-result.txt")
                .doesNotContain("facet-join.txt");
    }

    private String token() throws Exception {
        String made =
                succeeds(
                        home.resolve("facet").toString(),
                        "devices",
                        "token",
                        "--json",
                        "--name",
                        NAME,
                        "--data",
                        data.toString(),
                        "--ca-file",
                        data.resolve("authority.crt").toString());
        String token =
                JSON.readTree(made.strip().lines().toList().getLast()).path("join_token").asText();
        assertThat(token).startsWith("fj_");
        return token + "@" + Guest.HOST + ":" + port();
    }

    private int port() throws Exception {
        return JSON.readTree(data.resolve("ports.json").toFile()).path("http").asInt();
    }

    private Path image(String token) throws Exception {
        Path disk = folder.resolve("box.img");
        succeeds(
                home.resolve("facet").toString(),
                "image",
                "--output",
                disk.toString(),
                "--join",
                token,
                "--overlay",
                home.resolve("benchmarks/src/test/resources/appliance").toString());
        assertThat(Files.getPosixFilePermissions(disk))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        return disk;
    }

    /** As on a disk that is larger than the image: what is left is for the data. */
    private static void grow(Path disk) throws Exception {
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), Files.size(disk) + DATA_BYTES);
        }
    }

    private void awaitOnline() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode box = client().get("/api/v1/devices").orThrow().at("/devices/0");
                    assertThat(box.path("agent_id").asText()).isEqualTo(NAME);
                    assertThat(box.path("online").asBoolean()).isTrue();
                    assertThat(box.path("ready").asBoolean()).isTrue();
                });
    }

    private HubClient client() throws Exception {
        return new HubClient(
                URI.create("https://localhost:" + port()),
                Files.readString(data.resolve("admin-key")).strip(),
                Optional.of(TrustedCa.context(data.resolve("authority.crt"))));
    }

    /** The boot partition, as mtools name it. */
    private static String boot(Path disk) throws Exception {
        JsonNode parts =
                JSON.readTree(succeeds("/usr/sbin/sfdisk", "--json", disk.toString()))
                        .at("/partitiontable/partitions");
        for (JsonNode part : parts) {
            if (part.path("name").asText().equals("FACET")) {
                return disk + "@@" + part.path("start").asLong() * SECTOR;
            }
        }
        throw new AssertionError("there is no boot partition in " + parts);
    }

    /** Empty when it is not there. */
    private static String bootFile(Path disk, String name) throws Exception {
        DebianRoot.Run run = DebianRoot.run(Map.of(), "mtype", "-i", boot(disk), "::/" + name);
        return run.status() == 0 ? run.text() : "";
    }

    /** As an operator's laptop does. */
    private void write(Path disk, String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        succeeds("mcopy", "-o", "-i", boot(disk), file.toString(), "::/" + name);
    }

    /** Whether the text lies anywhere on the boot partition. */
    private static boolean onBoot(Path disk, String text) throws Exception {
        String at = boot(disk);
        long start = Long.parseLong(at.substring(at.lastIndexOf("@@") + 2));
        try (FileChannel file = FileChannel.open(disk)) {
            ByteBuffer all = ByteBuffer.allocate(BOOT_BYTES);
            while (all.hasRemaining() && file.read(all, start + all.position()) > 0) {}
            return new String(all.array(), StandardCharsets.ISO_8859_1).contains(text);
        }
    }

    /** What a program that succeeds says. */
    private static String succeeds(String... command) throws Exception {
        DebianRoot.Run run = DebianRoot.run(Map.of("FACET_BUILT", "yes"), command);
        assertThat(run.status()).as(run.text()).isZero();
        return run.text();
    }
}
