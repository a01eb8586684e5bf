package io.facet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.facet.config.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page in a real browser. */
class PageIT {
    private static final String WOMAN = "Ada (demo)";

    @TempDir Path data;

    @Test
    void thePageKeepsItsSideOfTheContract() throws Exception {
        Browser browser = Browser.orSkip();
        Path page = Program.home().resolve("hub/target/classes/web");
        assumeThat(page.resolve("index.html")).as("the built page").exists();
        Path picture = StandIn.noise(200, 200, data.resolve("picture.jpg"));
        Path key = Files.writeString(data.resolve("key"), "mock-key\n");
        for (String size : new String[] {"1360x850", "400x850"}) {
            try (StandIn hub = StandIn.start(page, data.resolve("pictures"))) {
                Map<String, String> options = options(hub.address().toString(), key);
                options.put("person", "Grace Hopper");
                options.put("settings", "Entrance");
                options.put("boxes", "agent-1");
                options.put("refused", "Twin=" + picture);
                options.put("enrol", "Barbara Liskov=" + picture);
                options.put("face-box", StandIn.FACE_BOX);
                options.put("size", size);
                browser.drive(options);
            }
        }
    }

    @Test
    void theDemoShowsARecognisedNameInTheBrowser() throws Exception {
        Browser browser = Browser.orSkip();
        Path testData = testData();
        Path screenshot =
                Files.createDirectories(Program.home().resolve("benchmarks/target"))
                        .resolve("live.png");
        Files.deleteIfExists(screenshot);
        Path log = data.resolve("up.log");
        try (Program up = Program.start(log, "up", "--data", data.toString(), "--port", "0")) {
            await().atMost(Duration.ofMinutes(5))
                    .failFast(() -> assertThat(up.alive()).as(Files.readString(log)).isTrue())
                    .until(() -> Files.readString(log).contains("Facet is up"));
            Map<String, String> options =
                    options(Program.address(data).toString(), data.resolve("admin-key"));
            options.put("person", WOMAN);
            options.put("seen", WOMAN);
            options.put("boxes", "agent-1");
            options.put("patience", "120");
            options.put("refused", "Noise=" + StandIn.noise(400, 400, data.resolve("noise.jpg")));
            options.put(
                    "enrol",
                    "Joe=" + testData.resolve("portraits-face_recognition/examples/biden.jpg"));
            options.put("screenshot", screenshot.toString());
            browser.drive(options);
            assertThat(screenshot).isNotEmptyFile();
        }
    }

    private static Path testData() {
        Optional<Path> folder =
                Places.find(System.getenv(), Path.of(""))
                        .testData()
                        .filter(d -> Files.isDirectory(d.resolve("intel-videos")))
                        .filter(d -> Files.isDirectory(d.resolve("portraits-face_recognition")));
        assumeThat(folder).as("the demo clips and portraits").isPresent();
        return folder.orElseThrow();
    }

    private static Map<String, String> options(String url, Path keyFile) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("url", url);
        options.put("key-file", keyFile.toString());
        options.put("simulate", "");
        options.put("live", "");
        return options;
    }
}
