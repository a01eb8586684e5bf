package io.facet.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.facet.model.CameraRules;
import io.facet.model.CameraSource;
import io.facet.model.FaceEvent;
import io.facet.wire.EventCodec;
import io.facet.wire.EvidenceOpen;
import io.facet.wire.SealedWire;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.WireRules;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.DesiredCamera;
import io.facet.wire.v1.DesiredCameras;
import io.facet.wire.v1.DesiredSoftware;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.GalleryHead;
import io.facet.wire.v1.LiveFrame;
import io.facet.wire.v1.LivePaint;
import io.facet.wire.v1.LiveRequest;
import io.facet.wire.v1.ReportedCamera;
import io.facet.wire.v1.Sealed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The uplink and a real broker. */
class UplinkIT {
    private static final CameraRules RULES =
            CameraRules.NONE.withRevision(3).withMinFaceSize(64).withThreshold(Optional.of(0.7f));
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir private Path folder = Path.of("");
    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new TestBroker(folder.resolve("broker"));
    }

    @AfterEach
    void stopBroker() throws Exception {
        broker.close();
    }

    private TestAgent agent() {
        return new TestAgent(folder.resolve("agent"), broker.endpoint("agent-1"));
    }

    private FakeHub hub() {
        FakeHub hub = new FakeHub(broker.endpoint(TestBroker.HUB));
        hub.introduceItself();
        return hub;
    }

    @Test
    void everyEventArrivesOnceInOrderWithItsEvidenceSealed() throws Exception {
        try (FakeHub hub = hub();
                TestAgent agent = agent()) {
            agent.recognise(250);
            await().atMost(PATIENCE).until(() -> agent.outbox.stats().waiting() == 0);

            assertThat(hub.sequences())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 250).boxed().toList());
            Event first = hub.stored.values().iterator().next();
            assertThat(first.toByteString().toString(StandardCharsets.ISO_8859_1))
                    .doesNotContain(TestAgent.CROP);
            FaceEvent event = EventCodec.decode(FakeHub.AGENT, first, EvidenceOpen.with(hub.keys));
            assertThat(event)
                    .isInstanceOfSatisfying(
                            FaceEvent.Recognised.class,
                            r ->
                                    assertThat(
                                                    new String(
                                                            java.util.Objects.requireNonNull(
                                                                            r.sighting().crop())
                                                                    .bytes(),
                                                            StandardCharsets.US_ASCII))
                                            .isEqualTo(TestAgent.CROP));
            assertThat(agent.clockOffset())
                    .hasValueSatisfying(
                            offset -> assertThat(offset.abs()).isLessThan(Duration.ofSeconds(2)));
        }
    }

    @Test
    void eventsRecordedBeforeAnyHubWasHeardAreSealedWhenTheyAreSent() throws Exception {
        try (TestAgent agent = agent()) {
            agent.recognise(3);
            try (FakeHub hub = hub()) {
                await().atMost(PATIENCE).until(() -> hub.stored.size() == 3);
                assertThat(hub.stored.values())
                        .allSatisfy(event ->
                                assertThat(event.getRecognised().getSighting().hasEvidence())
                                        .isTrue());
            }
        }
    }

    @Test
    void subscribingAgainBringsWhatIsRetained() throws Exception {
        try (FakeHub hub = hub()) {
            hub.say(
                    Topics.GALLERY_HEAD,
                    GalleryHead.newBuilder().setRevision(7).build().toByteArray());
            AtomicInteger arrived = new AtomicInteger();
            MqttLink.Setup setup =
                    new MqttLink.Setup(
                            "agent-1",
                            new Link.Outgoing(
                                    "test/gone", new byte[0], Link.Quality.AT_MOST_ONCE, false),
                            Map.of(Topics.GALLERY_HEAD, Link.Quality.AT_LEAST_ONCE),
                            (_, _) -> arrived.incrementAndGet(),
                            () -> {});
            try (MqttLink link = MqttLink.open(broker.endpoint("agent-1"), setup)) {
                await().atMost(PATIENCE).until(() -> arrived.get() > 0);
                int before = arrived.get();
                link.subscribeAgain(Set.of(Topics.GALLERY_HEAD));
                await().atMost(PATIENCE).until(() -> arrived.get() > before);
            }
        }
    }

    @Test
    void onlyEventsThatWaitedForAConnectionAreHistorical() throws Exception {
        try (TestAgent agent = agent()) {
            agent.recognise(2);
            agent.later.set(Duration.ofSeconds(6).toNanos());
            try (FakeHub hub = hub()) {
                await().atMost(PATIENCE).until(() -> hub.stored.size() == 2);
                agent.recognise(1);
                await().atMost(PATIENCE).until(() -> hub.stored.size() == 3);

                assertThat(hub.stored.values())
                        .filteredOn(Event::getHistorical)
                        .extracting(Event::getSequence)
                        .containsExactlyInAnyOrder(1L, 2L);
            }
        }
    }

    @Test
    void aBrokerThatGoesAndComesBackLosesNothing() throws Exception {
        assumeThat(TestBroker.external()).as("a broker that can be stopped").isNull();
        try (TestAgent agent = agent()) {
            try (FakeHub hub = hub()) {
                agent.recognise(20);
                await().atMost(PATIENCE).until(() -> hub.stored.size() == 20);
            }
            broker.stop();
            agent.recognise(20);
            await().atMost(PATIENCE).until(() -> !agent.uplink.connected());
            assertThat(agent.uplink.trouble()).isNotEmpty();
            broker.start();
            try (FakeHub hub = hub()) {
                await().atMost(PATIENCE).until(() -> hub.stored.size() == 20);
                assertThat(hub.sequences())
                        .containsExactlyElementsOf(LongStream.rangeClosed(21, 40).boxed().toList());
            }
        }
    }

    @Test
    void aHubThatDoesNotAcknowledgeIsAskedAgainAndStoresOnce() throws Exception {
        try (FakeHub hub = hub();
                TestAgent agent = agent()) {
            hub.silent = true;
            agent.recognise(5);
            await().atMost(PATIENCE).until(() -> hub.stored.size() == 5);
            hub.silent = false;
            agent.later.set(InFlight.PATIENCE.plusSeconds(1).toNanos());

            await().atMost(PATIENCE).until(() -> agent.outbox.stats().waiting() == 0);
            assertThat(hub.stored).hasSize(5);
            assertThat(hub.received.get()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void refusedEventsAreKeptAsideAndHoldNobodyUp() throws Exception {
        try (FakeHub hub = hub();
                TestAgent agent = agent()) {
            hub.refuses = event -> event.getSequence() == 2;
            agent.recognise(4);
            await().atMost(PATIENCE).until(() -> agent.outbox.stats().waiting() == 0);

            assertThat(hub.sequences()).containsExactly(1L, 3L, 4L);
            assertThat(agent.outbox.rejected()).extracting("reason").containsExactly("planted");
        }
    }

    @Test
    void birthSaysHowTheAgentIsAndDeathThatItIsGone() throws Exception {
        try (FakeHub hub = hub()) {
            try (TestAgent agent = agent()) {
                await().atMost(PATIENCE).until(() -> hub.lastState() != null);
                assertThat(hub.states.getFirst())
                        .returns(true, AgentState::getOnline)
                        .returns("1.2.3", AgentState::getVersion)
                        .returns(true, AgentState::getReady)
                        .returns(7L, AgentState::getGalleryRevision)
                        .returns(List.of(TestAgent.SOFTWARE), AgentState::getSoftwareList)
                        .returns("amd64", AgentState::getArchitecture);
                assertThat(agent.uplink.connected()).isTrue();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hub.states.getLast().getOnline()).isFalse());
        }
    }

    @Test
    void camerasAskedForAreRunReportedAndRememberedWithoutTheirPasswordOnDisk() throws Exception {
        try (FakeHub hub = hub()) {
            hub.say(
                    Topics.desiredCameras(FakeHub.AGENT),
                    DesiredCameras.newBuilder()
                            .setRevision(1)
                            .addCameras(
                                    DesiredCamera.newBuilder()
                                            .setCameraId(WireIds.bytes(TestAgent.CAMERA.value()))
                                            .setName("Door")
                                            .setSiteId("default")
                                            .setAddress("rtsp://user:secret@10.0.0.1/a")
                                            .setRules(WireRules.of(RULES)))
                            .addCameras(DesiredCamera.newBuilder().setName("of the future"))
                            .build()
                            .toByteArray());
            hub.say(
                    Topics.GALLERY_HEAD,
                    GalleryHead.newBuilder().setRevision(42).build().toByteArray());
            byte[] software = DesiredSoftware.newBuilder().setRevision(5).build().toByteArray();
            hub.say(Topics.desiredSoftware(FakeHub.AGENT), software);
            try (TestAgent agent = agent()) {
                await().atMost(PATIENCE).until(() -> agent.fleet.desired.size() == 1);
                assertThat(agent.fleet.desired.getFirst().rules()).isEqualTo(RULES);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(agent.software).containsExactly(software));
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(hub.states)
                                        .last()
                                        .extracting(
                                                state -> state.getCamerasList(),
                                                InstanceOfAssertFactories.list(
                                                        ReportedCamera.class))
                                        .singleElement()
                                        .returns("streaming", c -> c.getState())
                                        .returns(3L, c -> c.getRulesRevision())
                                        .returns(7L, c -> c.getCounts().getFramesAnalysed())
                                        .returns(3L, c -> c.getCounts().getFramesShed())
                                        .returns(
                                                Map.of("sharpness", 2L),
                                                c -> c.getCounts().getQualityFailuresMap()));
                await().atMost(PATIENCE).until(() -> agent.heads.contains(42L));
            }
            try (TestAgent offline =
                    new TestAgent(
                            folder.resolve("agent"),
                            new MqttEndpoint(
                                    URI.create("tcp://127.0.0.1:1"),
                                    "agent-1",
                                    new io.facet.config.Secret("key")))) {
                assertThat(offline.cameras.read())
                        .singleElement()
                        .returns(
                                new CameraSource.Stream(
                                        URI.create("rtsp://user:secret@10.0.0.1/a")),
                                camera -> camera.source());
            }
            assertThat(
                            java.nio.file.Files.readString(
                                    folder.resolve("agent/cameras"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret");
        }
    }

    @Test
    void livePicturesComeSealedWhenAsked() throws Exception {
        try (FakeHub hub = hub();
                TestAgent agent = agent()) {
            await().atMost(PATIENCE).until(() -> hub.lastState() != null);
            LiveRequest request =
                    LiveRequest.newBuilder()
                            .setCameraId(WireIds.bytes(TestAgent.CAMERA.value()))
                            .setLeaseMs(5000)
                            .setMaxWidth(640)
                            .build();
            await().atMost(PATIENCE)
                    .until(() -> {
                        hub.ask(Topics.liveRequest(FakeHub.AGENT), request.toByteArray());
                        return !hub.liveFrames.isEmpty();
                    });
            byte[] sealed = hub.liveFrames.getFirst();
            assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                    .doesNotContain(TestAgent.CROP);
            LiveFrame frame =
                    LiveFrame.parseFrom(
                            SealedWire.open(
                                    hub.keys,
                                    SealedWire.LIVE,
                                    "agent-1".getBytes(StandardCharsets.US_ASCII),
                                    Sealed.parseFrom(sealed)));
            assertThat(frame.getWidth()).isEqualTo(640);
            assertThat(frame.getPaint()).isEqualTo(LivePaint.LIVE_PAINT_PLAIN);
            assertThat(agent.uplink.trouble()).isEmpty();
        }
    }

    @Test
    void aWrongKeyIsSaidInOneSentence() throws Exception {
        assumeThat(TestBroker.external()).as("a broker that asks for passwords").isNull();
        try (TestAgent agent =
                new TestAgent(folder.resolve("agent"), broker.endpoint("agent-1", "wrong"))) {
            await().atMost(PATIENCE)
                    .until(() -> agent.uplink.trouble().contains("refuses this box's key"));
        }
    }

    @Test
    void malformedMessagesArePassedOver() throws Exception {
        try (FakeHub hub = hub();
                TestAgent agent = agent()) {
            for (String topic :
                    List.of(
                            Topics.acks(FakeHub.AGENT),
                            Topics.desiredCameras(FakeHub.AGENT),
                            Topics.GALLERY_HEAD)) {
                hub.ask(topic, new byte[] {-1, -1, -1});
            }
            agent.recognise(1);
            await().atMost(PATIENCE).until(() -> hub.stored.size() == 1);
            assertThat(agent.uplink.connected()).isTrue();
        }
    }
}
