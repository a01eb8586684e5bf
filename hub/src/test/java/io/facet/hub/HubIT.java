package io.facet.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.facet.error.ErrorCode;
import io.facet.hub.cameras.CameraChange;
import io.facet.hub.cameras.CameraState;
import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.Funnel;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.StoredEvent;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.people.OnDuplicate;
import io.facet.hub.recognition.RecognisedFace.Decision;
import io.facet.hub.recognition.RecognitionService;
import io.facet.hub.services.HubServices;
import io.facet.hub.sync.GallerySelection;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.hub.testing.HubDatabase;
import io.facet.hub.testing.Sightings;
import io.facet.hub.testing.TestBox;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.hub.watchlists.WatchlistRules;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.facet.model.FaceEvent;
import io.facet.model.Jpeg;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.GalleryRequest;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.CameraCounts;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.EventAck;
import io.facet.wire.v1.EventBatch;
import io.facet.wire.v1.GalleryChanges;
import io.facet.wire.v1.ReportedCamera;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub with the real database and the real broker; only its eyes are fake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // started before the tests
class HubIT {
    private static final AgentId BOX = new AgentId("box-1");

    @TempDir static Path data;

    private DevHub hub;
    private HubServices services;

    @BeforeAll
    void start() {
        hub = started(data);
        services = hub.services();
    }

    @AfterAll
    void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    /** The hub, on its own database and broker unless a subclass knows others. */
    DevHub started(Path folder) {
        return DevHub.in(folder);
    }

    /** Lets a box in where the broker does not ask the hub. */
    void admit(AgentId agent, String key) {}

    /** A look past the hub into its database. */
    Connection database() throws Exception {
        return HubDatabase.of(data);
    }

    @Test
    void anEnrolledFaceIsListedRecognisedAndAfterItsDeletionUnknown() throws Exception {
        BlockingQueue<HubEvent> feed = new LinkedBlockingQueue<>();
        try (var subscription = services.feed().subscribe(feed::add)) {
            Face face = enrol(1, "Ada");
            assertThat(next(feed, HubEvent.FaceAdded.class))
                    .satisfies(e -> {
                        assertThat(e.faceId()).isEqualTo(face.id());
                        assertThat(e.name()).isEqualTo("Ada");
                        assertThat(e.qualityScore()).isEqualTo(0.8f);
                        assertThat(e.addedAt()).isEqualTo(face.addedAt());
                    });
            assertThat(services.people().face(face.id())).contains(face);
            assertThat(services.people().faces(0, 1000).faces()).contains(face);
            assertThat(services.people().picture(face.id()))
                    .hasValueSatisfying(jpeg -> assertThat(jpeg.bytes()).hasSizeGreaterThan(100));
            assertThat(whoIs(FakePictures.of(1, 1)))
                    .isInstanceOfSatisfying(
                            Decision.Known.class,
                            known -> assertThat(known.best().name()).isEqualTo("Ada"));

            assertThat(services.people().deleteFace(face.id())).contains(face);
            assertThat(next(feed, HubEvent.FaceDeleted.class).faceId()).isEqualTo(face.id());
            assertThat(whoIs(FakePictures.of(1, 1))).isInstanceOf(Decision.Unknown.class);
            assertThat(services.people().deleteFace(face.id())).isEmpty();
            assertThat(services.people().picture(face.id())).isEmpty();
            assertThat(subscription.dropped()).isZero();
        }
    }

    @Test
    void poorPicturesAreRefusedWithReasons() {
        assertThat(refusal(FakePictures.withoutFace()).code()).isEqualTo(ErrorCode.NO_FACE);
        assertThat(refusal(FakePictures.withTwoFaces()).code()).isEqualTo(ErrorCode.SEVERAL_FACES);
        EnrolOutcome.Refused dark = refusal(FakePictures.tooDark());
        assertThat(dark.code()).isEqualTo(ErrorCode.QUALITY_TOO_LOW);
        assertThat(dark.reason()).isEqualTo("use more light");
        assertThat(dark.quality().orElseThrow().failures())
                .singleElement()
                .satisfies(c -> assertThat(c.key()).isEqualTo("brightness"));
    }

    @Test
    void aKnownFaceIsLinkedRefusedOrAllowedAsAsked() {
        Face first = enrol(2, "Grace");
        Face second = enrolled(Enrolment.of("grace ", FakePictures.of(2, 1)));
        assertThat(second.person()).isEqualTo(first.person());
        assertThat(services.people().facesOf(first.person())).hasSize(2);

        assertThat(services.people().enrol(Enrolment.of("Somebody else", FakePictures.of(2, 2))))
                .isInstanceOfSatisfying(
                        EnrolOutcome.Duplicate.class,
                        d -> {
                            assertThat(d.person()).isEqualTo(first.person());
                            assertThat(d.name()).isEqualTo("Grace");
                            assertThat(d.confidence()).isGreaterThanOrEqualTo(0.6f);
                        });
        assertThat(services.people().enrol(wish("Grace", 2, Optional.empty(), OnDuplicate.REJECT)))
                .isInstanceOf(EnrolOutcome.Duplicate.class);
        Face twin = enrolled(wish("Twin", 2, Optional.empty(), OnDuplicate.ALLOW));
        assertThat(twin.person()).isNotEqualTo(first.person());
        assertThat(whoIs(FakePictures.of(2, 1))).isInstanceOf(Decision.Ambiguous.class);
        services.people().erase(twin.person());
        services.people().erase(first.person());
    }

    @Test
    void anExternalIdNamesOnePerson() {
        Face one = enrolled(wish("Edsger", 3, Optional.of("staff-17"), OnDuplicate.LINK));
        Face two = enrolled(wish("Edsger", 4, Optional.of("staff-17"), OnDuplicate.LINK));
        assertThat(two.person()).isEqualTo(one.person());
        assertThat(services.people().person(one.person()).orElseThrow().externalId())
                .isEqualTo("staff-17");
        services.people().erase(one.person());
    }

    @Test
    void gallerySnapshotsAndDeltasLeadToTheSameDigest() {
        long before = services.sync().head();
        Face kept = enrol(5, "Barbara");
        Face gone = enrol(6, "Tony");
        services.people().deleteFace(gone.id());
        services.people()
                .update(kept.person(), io.facet.hub.people.PersonChange.rename("Barbara L."));

        GalleryChanges delta = changes(before);
        assertThat(delta.getSnapshot()).isFalse();
        assertThat(delta.getToRevision()).isEqualTo(before + 4);
        assertThat(delta.getChangesList())
                .extracting(c -> c.getChangeCase().name())
                .containsExactly("PUT", "REMOVED_FACE_ID", "PERSON");
        GalleryChanges snapshot = changes(0);
        assertThat(snapshot.getSnapshot()).isTrue();
        assertThat(snapshot.getToRevision()).isEqualTo(before + 4);
        assertThat(snapshot.getDigest()).isEqualTo(delta.getDigest());
        assertThat(snapshot.getDigest()).isEqualTo(digestOf(snapshot));
        assertThat(changes(before + 4).getChangesList()).isEmpty();
        assertThatThrownBy(() ->
                        services.sync()
                                .changes(
                                        new GalleryRequest(
                                                BOX, 0, "0123456789abcdef", Optional.empty(), "")))
                .hasMessageContaining("space");
        services.people().erase(kept.person());
        assertThat(changes(before + 4).getChanges(0).getChangeCase().name())
                .isEqualTo("REMOVED_PERSON_ID");
    }

    @Test
    void aBoxIsToldOfTheWatchlistsItIsGiven() {
        services.devices().register(BOX, SiteId.DEFAULT);
        Face ada = enrol(31, "Ada");
        Face bob = enrol(32, "Bob");
        WatchlistId list =
                services.watchlists()
                        .create(
                                new WatchlistRules(
                                        "Staff of the gate",
                                        Optional.empty(),
                                        WatchlistRules.COLOUR,
                                        Optional.empty(),
                                        Set.of(),
                                        Set.of()),
                                SiteScope.ALL)
                        .id();
        long all = services.sync().head();
        services.selections().select(BOX, new GallerySelection.Members(Set.of(list)));
        GalleryChanges fresh = changes(all);
        assertThat(fresh.getSnapshot()).as("what the box has is replaced").isTrue();
        assertThat(fresh.getChangesList()).isEmpty();

        services.watchlists().join(list, List.of(ada.person()), SiteScope.ALL);
        GalleryChanges joined = changes(fresh.getToRevision());
        assertThat(joined.getSnapshot()).isFalse();
        assertThat(joined.getChangesList())
                .extracting(c -> WireIds.uuid("f", c.getPut().getFaceId()))
                .containsExactly(ada.id().value());
        assertThat(joined.getDigest()).isEqualTo(digestOf(joined)).isEqualTo(digestOf(changes(0)));

        Face another = enrol(33, "Cid");
        services.people().update(bob.person(), io.facet.hub.people.PersonChange.rename("Robert"));
        GalleryChanges others = changes(joined.getToRevision());
        assertThat(others.getChangesList()).as("others are none of its business").isEmpty();
        assertThat(others.getDigest()).isEqualTo(joined.getDigest());

        services.watchlists().leave(list, ada.person(), SiteScope.ALL);
        GalleryChanges left = changes(others.getToRevision());
        assertThat(left.getChangesList())
                .extracting(c -> WireIds.uuid("p", c.getRemovedPersonId()))
                .containsExactly(ada.person().value());
        assertThat(left.getDigest().toByteArray()).containsOnly(0);

        services.watchlists().join(list, List.of(bob.person()), SiteScope.ALL);
        services.watchlists().delete(list, SiteScope.ALL, _ -> {});
        assertThat(changes(left.getToRevision()).getDigest().toByteArray()).containsOnly(0);

        services.selections().select(BOX, new GallerySelection.Nobody());
        assertThat(changes(0).getChangesList()).isEmpty();
        services.selections().select(BOX, new GallerySelection.Everybody());
        GalleryChanges everybody = changes(left.getToRevision());
        assertThat(everybody.getSnapshot()).isTrue();
        assertThat(everybody.getDigest()).isEqualTo(digestOf(everybody));
        for (Face face : List.of(ada, bob, another)) {
            services.people().erase(face.person());
        }
        services.devices().remove(BOX, SiteScope.ALL);
    }

    @Test
    void eventsAreStoredOnceAcknowledgedAfterwardsAndAnnouncedOnce() throws Exception {
        AgentId agent = new AgentId("box-events");
        CameraView camera = camera(agent, "Door");
        Face face = enrol(7, "Katherine");
        BlockingQueue<HubEvent> feed = new LinkedBlockingQueue<>();
        try (TestBox box = connect(agent);
                var subscription = services.feed().subscribe(feed::add)) {
            Sightings sightings = new Sightings(agent, camera.camera().id());
            byte[] crop = "the picture of a face".getBytes(UTF_8);
            FaceEvent.Recognised seen = sightings.recognised(face, Instant.now(), crop);
            Event wire = box.wire(seen);
            EventAck first = box.send(wire);
            assertThat(first.getStoredList()).containsExactly(seen.header().sequence());

            StoredEvent stored =
                    services.events().find(seen.header().id(), SiteScope.ALL).orElseThrow();
            assertThat(stored.personName()).contains("Katherine");
            assertThat(stored.cameraName()).contains("Door");
            assertThat(stored.hasCrop()).isTrue();
            assertThat(services.events().crop(seen.header().id(), SiteScope.ALL))
                    .map(Jpeg::bytes)
                    .contains(crop);
            assertThat(next(feed, HubEvent.FaceRecognized.class))
                    .satisfies(e -> {
                        assertThat(e.faceId()).isEqualTo(face.id());
                        assertThat(e.name()).isEqualTo("Katherine");
                        assertThat(e.cameraId()).isEqualTo(camera.camera().id());
                        assertThat(e.cameraName()).isEqualTo("Door");
                        assertThat(e.confidence()).isEqualTo(0.9f);
                    });

            EventAck again = box.send(wire, wire);
            assertThat(again.getStoredList()).containsOnly(seen.header().sequence());
            assertThat(again.getRejectedList()).isEmpty();
            assertThat(eventsOf(camera)).hasSize(1);
            assertThat(feed.poll(300, TimeUnit.MILLISECONDS)).isNull();
            assertThat(subscription.dropped()).isZero();
        }
    }

    @Test
    void aBadEventIsRejectedByItselfAndTheOthersAreStored() throws Exception {
        AgentId agent = new AgentId("box-bad");
        CameraView camera = camera(agent, "Gate");
        try (TestBox box = connect(agent)) {
            Sightings sightings = new Sightings(agent, camera.camera().id());
            Event good = box.wire(sightings.unknown(Instant.now(), new byte[] {1}));
            Event shortId =
                    good.toBuilder()
                            .setSequence(77)
                            .setEventId(ByteString.copyFromUtf8("no id"))
                            .build();
            Event wrongSeal =
                    box.wire(sightings.unknown(Instant.now(), new byte[] {2})).toBuilder()
                            .setSequence(78)
                            .setEventId(WireIds.bytes(new java.util.UUID(1, 1)))
                            .build();
            Event empty = Event.newBuilder().setSequence(79).build();
            EventAck ack = box.send(shortId, good, wrongSeal, empty);
            assertThat(ack.getStoredList()).containsExactly(good.getSequence());
            assertThat(ack.getRejectedList())
                    .extracting(r -> r.getSequence() + " " + r.getCode())
                    .containsExactlyInAnyOrder(
                            "77 invalid_argument", "78 invalid_argument", "79 invalid_argument");

            box.publish(Topics.events(agent), "rubbish".getBytes(UTF_8), false);
            Event after = box.wire(sightings.unknown(Instant.now(), new byte[] {3}));
            assertThat(box.send(after).getStoredList()).containsExactly(after.getSequence());
        }
    }

    /** What the next release may add, and what it must not change. */
    @Test
    void aNewerBoxIsServedAndOneWhoseEnvelopeIsNotUnderstoodKeepsItsEvents() throws Exception {
        AgentId agent = new AgentId("box-newer");
        CameraView camera = camera(agent, "Lift");
        UnknownFieldSet more =
                UnknownFieldSet.newBuilder()
                        .addField(
                                9_999,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("of tomorrow"))
                                        .build())
                        .build();
        try (TestBox box = connect(agent)) {
            Sightings sightings = new Sightings(agent, camera.camera().id());
            Event kept = box.wire(sightings.unknown(Instant.now(), new byte[] {1}));
            box.hand(EventBatch.newBuilder().setVersion(2), kept);
            Event added =
                    box.wire(sightings.unknown(Instant.now(), new byte[] {2})).toBuilder()
                            .setUnknownFields(more)
                            .build();
            box.hand(EventBatch.newBuilder().setVersion(1).setUnknownFields(more), added);
            EventAck ack = box.ack();
            assertThat(ack.getStoredList()).containsExactly(added.getSequence());
            assertThat(ack.getRejectedList()).isEmpty();
            assertThat(eventsOf(camera)).hasSize(1);
            assertThat(box.send(kept).getStoredList()).containsExactly(kept.getSequence());
            assertThat(eventsOf(camera)).hasSize(2);
        }
    }

    @Test
    void aBoxWithAnAbsurdClockIsStillHeard() throws Exception {
        AgentId agent = new AgentId("box-clock");
        CameraView camera = camera(agent, "Attic");
        try (TestBox box = connect(agent)) {
            Sightings sightings = new Sightings(agent, camera.camera().id());
            Event ancient = box.wire(sightings.unknown(Instant.EPOCH, new byte[] {1}));
            Event beyond =
                    box.wire(sightings.unknown(Instant.now(), new byte[] {1})).toBuilder()
                            .setCapturedAtUs(Long.MAX_VALUE)
                            .build();
            Event before =
                    box.wire(sightings.unknown(Instant.now(), new byte[] {1})).toBuilder()
                            .setCapturedAtUs(Long.MIN_VALUE)
                            .build();
            Event late =
                    box.wire(
                            sightings.unknown(
                                    Instant.now().minus(Duration.ofDays(200)), new byte[] {1}));
            assertThat(box.send(ancient, beyond, before, late).getRejectedList()).isEmpty();
            List<StoredEvent> events = eventsOf(camera);
            assertThat(events).hasSize(4);
            Instant yesterday = Instant.now().minus(Duration.ofDays(1));
            assertThat(events)
                    .filteredOn(e -> e.occurredAt().isAfter(yesterday))
                    .as("three were given the time of receipt, one was believed")
                    .hasSize(3);
        }
    }

    @Test
    void strangersAndStrayTopicsAreRefused() throws Exception {
        AgentId agent = new AgentId("box-sly");
        AgentId other = new AgentId("box-other");
        String key = services.devices().register(agent, SiteId.DEFAULT).key().reveal();
        String otherKey = services.devices().register(other, SiteId.DEFAULT).key().reveal();
        admit(agent, key);
        admit(other, otherKey);
        URI broker = services.mqtt();
        assertThatThrownBy(() -> TestBox.connect(agent, "wrong", broker))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> TestBox.connect(agent, otherKey, broker))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> TestBox.connect(agent, "", broker))
                .isInstanceOf(MqttException.class);
        try (TestBox sly = TestBox.connect(agent, key, broker)) {
            assertThat(sly.maySubscribe(Topics.acks(agent))).isTrue();
            foreign(other).forEach(topic -> assertUnheard(sly, topic));
            assertThatThrownBy(() -> sly.publish(Topics.acks(other), "x".getBytes(UTF_8), false))
                    .isInstanceOf(MqttException.class);
        }
        admit(agent, services.devices().register(agent, SiteId.DEFAULT).key().reveal());
        assertThatThrownBy(() -> TestBox.connect(agent, key, broker))
                .as("a key that was replaced")
                .isInstanceOf(MqttException.class);
    }

    private static List<String> foreign(AgentId other) {
        return List.of(
                Topics.acks(other),
                Topics.desiredCameras(other),
                Topics.ofEveryAgent("events"),
                Topics.PREFIX + "#",
                "#",
                "$SYS/#",
                "activemq/management");
    }

    /** The embedded broker refuses; others may grant and then deliver nothing. */
    void assertUnheard(TestBox sly, String topic) {
        try {
            assertThat(sly.maySubscribe(topic)).as(topic).isFalse();
        } catch (MqttException refused) {
            assertThat(refused.getReasonCode()).as(topic).isGreaterThanOrEqualTo(0x80);
        }
    }

    @Test
    void nothingIsAcknowledgedBeforeItIsCommitted() throws Exception {
        AgentId agent = new AgentId("box-commit");
        CameraView camera = camera(agent, "Cellar");
        try (TestBox box = connect(agent);
                Connection other = database();
                Statement statement = other.createStatement()) {
            Sightings sightings = new Sightings(agent, camera.camera().id());
            Event event = box.wire(sightings.unknown(Instant.now(), new byte[] {1}));
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE event_ids IN ACCESS EXCLUSIVE MODE");
            box.hand(event);
            Thread.sleep(2_000);
            assertThat(box.acks()).isZero();
            other.rollback();
            assertThat(box.ack().getStoredList()).containsExactly(event.getSequence());
            assertThat(eventsOf(camera)).hasSize(1);
        }
    }

    @Test
    void camerasReachTheirBoxAndItsReportsReachTheFeed() throws Exception {
        AgentId agent = new AgentId("box-cameras");
        services.devices().register(agent, SiteId.DEFAULT);
        BlockingQueue<HubEvent> feed = new LinkedBlockingQueue<>();
        try (var subscription = services.feed().subscribe(feed::add)) {
            TestBox box = connect(agent);
            assertThat(box.desiredCameras().getCamerasList()).isEmpty();
            CameraView camera = camera(agent, "Yard");
            await().untilAsserted(() ->
                    assertThat(box.desiredCameras().getCamerasList())
                            .singleElement()
                            .satisfies(c -> assertThat(c.getName()).isEqualTo("Yard")));
            assertThat(camera.state().status()).isEqualTo(CameraState.Status.PENDING);
            assertThat(services.devices().get(agent, SiteScope.ALL).orElseThrow().online())
                    .isFalse();

            AgentState streaming = state(camera, "streaming");
            box.state(streaming);
            box.state(streaming);
            assertThat(next(feed, HubEvent.CameraConnected.class))
                    .satisfies(e -> {
                        assertThat(e.cameraId()).isEqualTo(camera.camera().id());
                        assertThat(e.cameraName()).isEqualTo("Yard");
                    });
            assertThat(services.devices().get(agent, SiteScope.ALL).orElseThrow())
                    .satisfies(d -> {
                        assertThat(d.online()).isTrue();
                        assertThat(d.report().orElseThrow().spoolDepth()).isEqualTo(5);
                    });
            ByteString boot = WireIds.bytes(new java.util.UUID(5, 6));
            AgentState.Builder later = streaming.toBuilder().setBootId(boot).setLoad(0.25f);
            box.state(later.setNumber(8).setSpoolDepth(1).build());
            box.state(later.setNumber(7).setSpoolDepth(9).clearCameras().build());
            box.state(
                    later.setNumber(9)
                            .setSpoolDepth(2)
                            .addAllCameras(streaming.getCamerasList())
                            .build());
            await().untilAsserted(() -> assertThat(reportOf(agent).number()).isEqualTo(9));
            assertThat(reportOf(agent).load()).contains(0.25f);
            assertThat(feed).as("what was overtaken is not believed").isEmpty();
            box.die();
            assertThat(next(feed, HubEvent.CameraDisconnected.class).reason()).contains("offline");
            await().untilAsserted(() ->
                    assertThat(services.devices().get(agent, SiteScope.ALL).orElseThrow().online())
                            .isFalse());
            assertThat(feed).isEmpty();
            assertThat(services.cameras().remove(camera.camera().id(), SiteScope.ALL)).isPresent();
            assertThat(subscription.dropped()).isZero();
        }
    }

    @Test
    void aCamerasSettingsReachItsBoxAndWhatItCountedComesBack() throws Exception {
        AgentId agent = new AgentId("box-rules");
        services.devices().register(agent, SiteId.DEFAULT);
        TestBox box = connect(agent);
        CameraId camera = camera(agent, "Gate").camera().id();
        services.cameras()
                .update(
                        camera,
                        new CameraChange(
                                Optional.empty(),
                                Optional.empty(),
                                rules ->
                                        rules.withMinFaceSize(64).withThreshold(Optional.of(0.7f))),
                        SiteScope.ALL,
                        present -> {});
        await().untilAsserted(() ->
                assertThat(box.desiredCameras().getCamerasList())
                        .singleElement()
                        .satisfies(c -> {
                            assertThat(c.getRules().getRevision()).isEqualTo(1);
                            assertThat(c.getRules().getMinFaceSize()).isEqualTo(64);
                            assertThat(c.getRules().getThreshold()).isEqualTo(0.7f);
                        }));
        box.state(
                AgentState.newBuilder()
                        .setOnline(true)
                        .addCameras(
                                ReportedCamera.newBuilder()
                                        .setCameraId(WireIds.bytes(camera.value()))
                                        .setState("streaming")
                                        .setRulesRevision(1)
                                        .setCounts(
                                                CameraCounts.newBuilder()
                                                        .setFramesAnalysed(90)
                                                        .setFramesShed(10)
                                                        .putIgnoredFaces("too_small", 4)
                                                        .putQualityFailures("sharpness", 3)
                                                        .putQualityFailures("NOT a key", 3)))
                        .build());
        await().untilAsserted(() -> assertThat(view(camera).state().rulesRevision()).isEqualTo(1));
        assertThat(view(camera).state().funnel().orElseThrow())
                .returns(100L, Funnel::framesWithMotion)
                .returns(Map.of("too_small", 4L), Funnel::ignoredFaces)
                .returns(Map.of("sharpness", 3L), Funnel::qualityFailures);
        box.die();
        await().untilAsserted(() ->
                assertThat(view(camera).state().status()).isEqualTo(CameraState.Status.OFFLINE));
        assertThat(view(camera).state().funnel()).isPresent();
    }

    private CameraView view(CameraId camera) {
        return services.cameras().get(camera, SiteScope.ALL).orElseThrow();
    }

    @Test
    void nothingPersonalLiesInTheDataFolderInPlain() throws Exception {
        AgentId agent = new AgentId("box-secret");
        CameraView camera = camera(agent, "Vault");
        Face face =
                enrolled(
                        wish(
                                "Zebulon Q. Plaintext",
                                9,
                                Optional.of("id-qwertz"),
                                OnDuplicate.LINK));
        byte[] template =
                FakeVision.embedding(
                                new io.facet.vision.image.ImageDecoder(1 << 20, 1 << 20)
                                        .decode(FakePictures.of(9, 0)))
                        .toBytes();
        byte[] crop = "a crop nobody may read".repeat(40).getBytes(UTF_8);
        try (TestBox box = connect(agent)) {
            Sightings sightings = new Sightings(agent, camera.camera().id());
            box.send(
                    box.wire(sightings.recognised(face, Instant.now(), crop)),
                    box.wire(sightings.unknown(Instant.now(), crop)));
        }
        byte[] picture = services.people().picture(face.id()).orElseThrow().bytes();
        assertNowhere(
                Map.of(
                        "name", "Zebulon Q. Plaintext".getBytes(UTF_8),
                        "external id", "id-qwertz".getBytes(UTF_8),
                        "template", template,
                        "crop", crop,
                        "picture", picture));
    }

    private void assertNowhere(Map<String, byte[]> secrets) throws Exception {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(data)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThan(50);
        for (Path file : files) {
            String bytes =
                    new String(
                            Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
            secrets.forEach((what, secret) ->
                    assertThat(
                                    bytes.contains(
                                            new String(
                                                    secret,
                                                    java.nio.charset.StandardCharsets.ISO_8859_1)))
                            .as("%s in %s", what, file)
                            .isFalse());
        }
    }

    private DeviceReport reportOf(AgentId agent) {
        return services.devices().get(agent, SiteScope.ALL).orElseThrow().report().orElseThrow();
    }

    private AgentState state(CameraView camera, String state) {
        return AgentState.newBuilder()
                .setOnline(true)
                .setReady(true)
                .setSpoolDepth(5)
                .addCameras(
                        ReportedCamera.newBuilder()
                                .setCameraId(WireIds.bytes(camera.camera().id().value()))
                                .setState(state))
                .build();
    }

    private CameraView camera(AgentId agent, String name) {
        if (services.devices().get(agent, SiteScope.ALL).isEmpty()) {
            services.devices().register(agent, SiteId.DEFAULT);
        }
        return services.cameras()
                .add(
                        new NewCamera(
                                name,
                                new CameraSource.Stream(URI.create("rtsp://u:p@host/" + name)),
                                Optional.of(agent)),
                        SiteScope.ALL);
    }

    private TestBox connect(AgentId agent) throws MqttException {
        String key = services.devices().register(agent, SiteId.DEFAULT).key().reveal();
        admit(agent, key);
        return TestBox.connect(agent, key, services.mqtt());
    }

    private List<StoredEvent> eventsOf(CameraView camera) {
        return services.events()
                .page(
                        new EventQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(camera.camera().id()),
                                Optional.empty(),
                                java.util.Set.of(),
                                SiteScope.ALL,
                                Optional.empty(),
                                100))
                .events();
    }

    private static com.google.protobuf.ByteString digestOf(GalleryChanges snapshot) {
        io.facet.wire.GalleryDigest digest = new io.facet.wire.GalleryDigest();
        io.facet.wire.GalleryTerms terms =
                new io.facet.wire.GalleryTerms(snapshot.getDigestKey().toByteArray());
        snapshot.getChangesList()
                .forEach(c ->
                        digest.add(
                                terms.of(
                                        new io.facet.model.FaceId(
                                                WireIds.uuid("f", c.getPut().getFaceId())),
                                        c.getPut().getPersonId().toByteArray(),
                                        c.getPut().getEmbedding().toByteArray())));
        return com.google.protobuf.ByteString.copyFrom(digest.value());
    }

    private GalleryChanges changes(long since) {
        return services.sync()
                .changes(
                        new GalleryRequest(
                                BOX, since, FakeVision.SPACE.id(), Optional.empty(), ""));
    }

    private Decision whoIs(byte[] picture) {
        return services.recognition()
                .recognise(picture, RecognitionService.Options.DEFAULT)
                .faces()
                .getFirst()
                .decision();
    }

    private Face enrol(int person, String name) {
        return enrolled(Enrolment.of(name, FakePictures.of(person)));
    }

    private Face enrolled(Enrolment wish) {
        EnrolOutcome outcome = services.people().enrol(wish);
        assertThat(outcome).isInstanceOf(EnrolOutcome.Enrolled.class);
        return ((EnrolOutcome.Enrolled) outcome).face();
    }

    private EnrolOutcome.Refused refusal(byte[] picture) {
        EnrolOutcome outcome = services.people().enrol(Enrolment.of("Nobody", picture));
        assertThat(outcome).isInstanceOf(EnrolOutcome.Refused.class);
        return (EnrolOutcome.Refused) outcome;
    }

    private static Enrolment wish(
            String name, int person, Optional<String> externalId, OnDuplicate onDuplicate) {
        return new Enrolment(
                FakePictures.of(person),
                name,
                Optional.empty(),
                externalId,
                Map.of("team", "blue"),
                onDuplicate);
    }

    private static <T extends HubEvent> T next(BlockingQueue<HubEvent> feed, Class<T> type)
            throws InterruptedException {
        List<HubEvent> others = new ArrayList<>();
        while (true) {
            HubEvent event = feed.poll(30, TimeUnit.SECONDS);
            assertThat(event).as("a %s, after %s", type.getSimpleName(), others).isNotNull();
            if (type.isInstance(event)) {
                return type.cast(event);
            }
            others.add(event);
        }
    }
}
