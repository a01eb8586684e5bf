package io.facet.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.AtRest;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraRules;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.v1.Artefact;
import io.facet.wire.v1.DesiredSoftware;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.GalleryHead;
import io.facet.wire.v1.HubInfo;
import io.facet.wire.v1.LiveRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This agent against hubs of the releases before and of the next one: what they said, byte by byte
 * as it was recorded, with what it must make of it. A folder of {@code recorded} is a release;
 * {@code next} is made up. What is recorded is never changed: a release adds its own once, with
 * {@code -Dfacet.recordings=VERSION}.
 */
class RecordedHubTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/facet/edge/uplink/recorded");
    private static final String RECORD = System.getProperty("facet.recordings", "");
    private static final AgentId AGENT = new AgentId("box-1");

    private static final Map<String, String> TOPICS =
            Map.of(
                    "hub-info", Topics.HUB_INFO,
                    "event-ack", Topics.acks(AGENT),
                    "gallery-head", Topics.GALLERY_HEAD,
                    "cameras-desired", Topics.desiredCameras(AGENT),
                    "software-desired", Topics.desiredSoftware(AGENT),
                    "live-request", Topics.liveRequest(AGENT));

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @MethodSource("recordings")
    void isUnderstoodAsBefore(Path recording) throws IOException {
        assertThat(understood(recording, folder))
                .isEqualTo(Files.readString(answerFile(recording)).strip().lines().toList());
    }

    static List<Path> recordings() throws IOException {
        Path release = FOLDER.resolve(RECORD);
        // What is written over would no longer be what a release said.
        if (!RECORD.isEmpty() && !Files.exists(release)) {
            record(release);
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
            assertThat(all.stream().map(RecordedHubTest::name)).containsAll(TOPICS.keySet());
            return all;
        }
    }

    private static void record(Path release) throws IOException {
        Files.createDirectories(release);
        for (Map.Entry<String, byte[]> said : TodaysHub.says(release.endsWith("next")).entrySet()) {
            Path file = Files.write(release.resolve(said.getKey() + ".bin"), said.getValue());
            Path scratch = Files.createTempDirectory("recorded");
            Files.writeString(
                    answerFile(file), String.join("\n", understood(file, scratch)) + "\n");
        }
    }

    private static String name(Path recording) {
        return recording.getFileName().toString().replace(".bin", "");
    }

    private static Path answerFile(Path recording) {
        return Path.of(recording.toString().replace(".bin", ".txt"));
    }

    private static List<String> understood(Path recording, Path folder) throws IOException {
        Told told = new Told(folder);
        String topic = TOPICS.getOrDefault(name(recording), "");
        assertThat(topic).as("topic of %s", recording).isNotEmpty();
        new Inbox(AGENT, told).arrived(topic, Files.readAllBytes(recording));
        return told.lines;
    }

    /** Puts into words what an agent acts on. */
    private static final class Told implements Inbox.Handlers {
        private final List<String> lines = new ArrayList<>();
        private final HubKey key;
        private final DesiredCamerasFile cameras;

        Told(Path folder) {
            this.key = new HubKey(folder.resolve("hub-key"));
            AtRest box = new AtRest(new byte[AtRest.KEY_BYTES], new SecureRandom());
            this.cameras = new DesiredCamerasFile(folder.resolve("cameras"), box, AGENT);
        }

        @Override
        public void acknowledged(EventAck ack) {
            lines.add(
                    "stored %s, rejected %s, sent %d, received %d"
                            .formatted(
                                    ack.getStoredList(),
                                    ack.getRejectedList().stream()
                                            .map(r -> r.getSequence() + " " + r.getCode())
                                            .toList(),
                                    ack.getSentAtUs(),
                                    ack.getReceivedAtUs()));
        }

        @Override
        public void desiredSoftware(byte[] message) {
            try {
                DesiredSoftware wanted = DesiredSoftware.parseFrom(message);
                lines.add(
                        "revision %d, release %s, models %s"
                                .formatted(
                                        wanted.getRevision(),
                                        file(wanted.getRelease()),
                                        file(wanted.getModels())));
            } catch (InvalidProtocolBufferException malformed) {
                throw new UncheckedIOException(malformed);
            }
        }

        private static String file(Artefact wanted) {
            return "%s %s, %d bytes, %s"
                    .formatted(
                            wanted.getProduct(),
                            wanted.getVersion(),
                            wanted.getSize(),
                            wanted.getSha256());
        }

        @Override
        public void hub(HubInfo info) {
            key.accept(info.getSealingPublicKey().toByteArray(), info.getOpensSalted());
            lines.add(
                    "hub %s, key %s, salted %s"
                            .formatted(
                                    info.getVersion(),
                                    key.current().orElseThrow().keyId(),
                                    info.getOpensSalted()));
        }

        @Override
        public void galleryHead(GalleryHead head) {
            lines.add("gallery " + head.getRevision());
        }

        @Override
        public void desiredCameras(byte[] message) {
            cameras.accept(message).forEach(camera -> lines.add(line(camera)));
            assertThat(cameras.read()).as("as remembered").hasSize(lines.size());
        }

        private static String line(Camera camera) {
            CameraRules rules = camera.rules();
            return "camera %s %s of %s at %s, rules %d: %d zones, %d masks, least face %d, from %s"
                    .formatted(
                            camera.id(),
                            camera.name(),
                            camera.site(),
                            camera.source(),
                            rules.revision(),
                            rules.zones().size(),
                            rules.masks().size(),
                            rules.minFaceSize(),
                            rules.threshold());
        }

        @Override
        public void live(LiveRequest request) {
            lines.add(
                    "live picture of %s for %d ms, %s a second, %d wide, overlay %s"
                            .formatted(
                                    WireIds.uuid("camera_id", request.getCameraId()),
                                    request.getLeaseMs(),
                                    request.getMaxFramesPerSecond(),
                                    request.getMaxWidth(),
                                    request.getOverlay()));
        }
    }
}
