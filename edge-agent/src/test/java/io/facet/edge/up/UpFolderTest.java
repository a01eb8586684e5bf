package io.facet.edge.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpFolderTest {
    @TempDir Path folder;

    @Test
    void aSecondUpIsToldWhoRunsAndTakesNothingAway() throws Exception {
        Path ports = folder.resolve("ports.json");
        try (UpFolder first = UpFolder.open(folder, 11)) {
            first.note("hub", 12);
            Files.writeString(ports, "{}");
            assertThatThrownBy(() -> UpFolder.open(folder, 21))
                    .hasMessageContaining("already")
                    .hasMessageContaining("up 11, hub 12")
                    .hasMessageContaining("--data")
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
            assertThat(ports).exists();
        }
    }

    @Test
    void aHubOrAnAgentLeftBehindIsNamed() throws Exception {
        UpFolder left = UpFolder.open(folder, 11);
        left.note("hub", 12);
        Path notes = folder.resolve("up.lock");
        String said = Files.readString(notes);
        left.close();
        Files.writeString(notes, said);
        Files.createDirectories(folder.resolve("agent"));
        for (String lock : new String[] {"hub.lock", "agent/agent.lock"}) {
            try (FileChannel held =
                    FileChannel.open(
                            folder.resolve(lock),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE)) {
                assertThat(held.lock().isValid()).isTrue();
                assertThatThrownBy(() -> UpFolder.open(folder, 21))
                        .hasMessageContaining("runs already")
                        .hasMessageContaining("hub 12");
            }
        }
    }

    @Test
    void theAddressAKilledHubLeftIsForgotten() throws Exception {
        UpFolder.open(folder, 11).close();
        Path ports = folder.resolve("ports.json");
        Files.writeString(ports, "{\"http\": 1}");
        try (UpFolder again = UpFolder.open(folder, 21)) {
            assertThat(ports).doesNotExist();
            assertThat(again.log("hub")).isEqualTo(folder.resolve("hub.log"));
        }
    }
}
