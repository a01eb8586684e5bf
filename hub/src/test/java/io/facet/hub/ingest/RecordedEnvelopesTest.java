package io.facet.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.SealingKeyPair;
import io.facet.hub.cameras.CameraStates;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.Devices;
import io.facet.hub.devices.Presence;
import io.facet.hub.events.LiveFeed;
import io.facet.hub.events.ReceivedEvent;
import io.facet.model.AgentId;
import io.facet.model.FaceEvent;
import io.facet.model.SiteId;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.EventBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This hub against boxes of the releases before and of the next one: what they said, byte by byte
 * as it was recorded, with what it must make of it. A folder of {@code recorded} is a release;
 * {@code next} is made up. What is recorded is never changed: a release adds its own once, with
 * {@code -Dfacet.recordings=VERSION}.
 */
class RecordedEnvelopesTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/facet/hub/ingest/recorded");
    private static final Path KEY = FOLDER.resolve("hub.key");
    private static final AgentId BOX = new AgentId("box-1");
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
    private static final String RECORD = System.getProperty("facet.recordings", "");

    @ParameterizedTest
    @MethodSource("recordings")
    void isTakenAsBefore(Path recording) throws IOException {
        assertThat(answerTo(recording))
                .isEqualTo(Files.readString(answerFile(recording)).strip().lines().toList());
    }

    static List<Path> recordings() throws IOException {
        Path release = FOLDER.resolve(RECORD);
        // What is written over would no longer be what a release said.
        if (!RECORD.isEmpty() && !Files.exists(release)) {
            record(release);
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
    }

    @Test
    void everyKindOfEventIsRecorded() throws IOException {
        Set<Event.BodyCase> recorded = new HashSet<>();
        for (Path recording : recordings()) {
            if (isEvents(recording)) {
                EventBatch.parseFrom(Files.readAllBytes(recording)).getEventsList().stream()
                        .map(Event::getBodyCase)
                        .forEach(recorded::add);
            }
        }
        assertThat(recorded)
                .as("kinds of events; BODY_NOT_SET is one of tomorrow")
                .containsExactlyInAnyOrder(Event.BodyCase.values());
    }

    private static void record(Path release) throws IOException {
        Files.createDirectories(release);
        if (!Files.exists(KEY)) {
            Files.write(KEY, SealingKeyPair.generate().toBytes());
        }
        TodaysEnvelopes envelopes = new TodaysEnvelopes(keys().publicKey());
        Map<String, byte[]> said = RECORD.equals("next") ? envelopes.next() : envelopes.today();
        for (Map.Entry<String, byte[]> one : said.entrySet()) {
            Path file = Files.write(release.resolve(one.getKey() + ".bin"), one.getValue());
            Files.writeString(answerFile(file), String.join("\n", answerTo(file)) + "\n");
        }
    }

    private static SealingKeyPair keys() throws IOException {
        return SealingKeyPair.fromBytes(Files.readAllBytes(KEY));
    }

    private static Path answerFile(Path recording) {
        return Path.of(recording.toString().replace(".bin", ".txt"));
    }

    private static boolean isEvents(Path recording) {
        return recording.getFileName().toString().startsWith("events");
    }

    private static List<String> answerTo(Path recording) throws IOException {
        byte[] payload = Files.readAllBytes(recording);
        return isEvents(recording) ? answerToEvents(payload) : answerToState(payload);
    }

    private static List<String> answerToEvents(byte[] payload) throws IOException {
        List<String> lines = new ArrayList<>();
        List<byte[]> answers = new ArrayList<>();
        OneBox box =
                new OneBox(BOX) {
                    @Override
                    public int ingest(List<ReceivedEvent> events) {
                        events.forEach(event -> lines.add(line(event)));
                        return super.ingest(events);
                    }
                };
        new EventInbox(
                        box,
                        _ -> Optional.of(new SiteId("lobby")),
                        keys(),
                        (_, answer, _, _) -> answers.add(answer),
                        _ -> {},
                        CLOCK)
                .take(BOX, payload);
        if (answers.isEmpty()) {
            lines.add("no answer: the events wait on the box");
        }
        for (byte[] answer : answers) {
            lines.add(line(answer));
        }
        return lines;
    }

    private static String line(byte[] answer) throws InvalidProtocolBufferException {
        EventAck ack = EventAck.parseFrom(answer);
        return "answer: stored %s, rejected %s"
                .formatted(
                        ack.getStoredList(),
                        ack.getRejectedList().stream()
                                .map(r -> r.getSequence() + " " + r.getCode())
                                .toList());
    }

    private static String line(ReceivedEvent received) {
        FaceEvent event = received.event();
        FaceEvent.Header h = event.header();
        return "event %d %s %s at %s of %s, boot %s, %s after its start, clock %s, site %s%s: %s"
                .formatted(
                        h.sequence(),
                        h.id(),
                        event.getClass().getSimpleName(),
                        h.capturedAt(),
                        h.camera(),
                        h.bootId(),
                        h.monotonic(),
                        h.clockOffset(),
                        h.site(),
                        received.historical() ? ", historical" : "",
                        body(event));
    }

    private static String body(FaceEvent event) {
        return switch (event) {
            case FaceEvent.Recognised e -> e.identity() + ", " + sighting(e.sighting());
            case FaceEvent.RecognitionUpdated e -> e.identity() + ", " + sighting(e.sighting());
            case FaceEvent.RecognitionRetracted e -> e.track() + " " + e.reason();
            case FaceEvent.UnknownSeen e -> e.track() + ", " + sighting(e.sighting());
            case FaceEvent.CameraConnected _ -> "";
            case FaceEvent.CameraDisconnected e -> e.reason();
        };
    }

    private static String sighting(FaceEvent.Sighting s) {
        var crop = s.crop();
        var embedding = s.embedding();
        return "%s of %dx%d, quality %s, %s, %s, crop %s, template of %s, %d frames"
                .formatted(
                        s.box(),
                        s.frameWidth(),
                        s.frameHeight(),
                        s.quality(),
                        s.liveness(),
                        s.expressions(),
                        crop == null ? "none" : crop.bytes().length + " bytes",
                        embedding == null ? "none" : embedding.space(),
                        s.framesSeen());
    }

    private static String line(DeviceReport r) {
        return ("state %d of boot %s: version %s, space %s, ready %s, at %s, gallery %d of %d, digest"
                        + " %s, waiting %d, dropped %d, load %s, temperature %s")
                .formatted(
                        r.number(),
                        r.boot(),
                        r.version(),
                        r.space(),
                        r.ready(),
                        r.at(),
                        r.gallerySize(),
                        r.galleryRevision(),
                        r.galleryDigest(),
                        r.spoolDepth(),
                        r.droppedEvents(),
                        r.load(),
                        r.temperature());
    }

    private static List<String> answerToState(byte[] payload) {
        List<String> lines = new ArrayList<>();
        OneBox box =
                new OneBox(BOX) {
                    @Override
                    public boolean report(
                            AgentId agent, DeviceReport report, Optional<Instant> seenAt) {
                        lines.add(line(report));
                        return super.report(agent, report, seenAt);
                    }
                };
        Presence presence = new Presence(System::nanoTime);
        new StateInbox(
                        new Devices(box, box, presence, _ -> {}, CLOCK),
                        new NoCameras(),
                        new CameraStates(new LiveFeed(), (_, _, _) -> {}, CLOCK),
                        presence,
                        _ -> {})
                .take(BOX, payload, true);
        lines.add("online " + presence.isOnline(BOX));
        return lines;
    }
}
