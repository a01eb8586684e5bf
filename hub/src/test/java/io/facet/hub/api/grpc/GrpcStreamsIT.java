package io.facet.hub.api.grpc;

import static io.facet.hub.api.grpc.GrpcHub.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.events.HubEvent;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.security.Role;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.hub.testing.Sightings;
import io.facet.hub.testing.TestBox;
import io.facet.model.AgentId;
import io.facet.model.CameraSource;
import io.facet.model.Liveness;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.rpc.v1.Event;
import io.facet.wire.rpc.v1.FaceRecognitionGrpc;
import io.facet.wire.rpc.v1.RecognizeStreamRequest;
import io.facet.wire.rpc.v1.RecognizeStreamResponse;
import io.facet.wire.rpc.v1.VerifyLivenessRequest;
import io.facet.wire.rpc.v1.WatchEventsRequest;
import io.facet.wire.rpc.v1.WatchEventsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams, deadlines and what happens to those who leave. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // started before the tests
class GrpcStreamsIT {
    /** Of a key: what names it; the rest may hold any character of Base64. */
    private static final int PREFIX = "fk_".length() + 8;

    private static final int AT_A_TIME = 2 * Runtime.getRuntime().availableProcessors();

    @TempDir static Path data;

    private static GrpcHub hub;
    private static final AtomicInteger looks = new AtomicInteger();
    private static volatile CountDownLatch hold = new CountDownLatch(0);

    @BeforeAll
    static void start() {
        hub = GrpcHub.in(data, new FakeVision((_, _) -> look()));
    }

    @AfterAll
    static void stop() {
        hold.countDown();
        hub.close();
    }

    private static Liveness look() {
        looks.incrementAndGet();
        try {
            hold.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return new Liveness.Performed(true, 1);
    }

    /** Keeps what comes. */
    private static class Inbox<T> implements StreamObserver<T> {
        final BlockingQueue<T> messages = new LinkedBlockingQueue<>();
        final BlockingQueue<String> end = new LinkedBlockingQueue<>();

        @Override
        public void onNext(T message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable failed) {
            end.add(Status.fromThrowable(failed).getCode().name());
        }

        @Override
        public void onCompleted() {
            end.add("OK");
        }

        T next() throws InterruptedException {
            T message = messages.poll(60, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing came; the stream ended with " + end);
            }
            return message;
        }
    }

    private static Inbox<WatchEventsResponse> watch(Role role, WatchEventsRequest request)
            throws InterruptedException {
        Inbox<WatchEventsResponse> inbox = new Inbox<>();
        hub.streaming(role).watchEvents(request, inbox);
        assertThat(inbox.next().hasWatching()).isTrue();
        return inbox;
    }

    private static Face enrol(String name, int person) {
        EnrolOutcome outcome =
                hub.services().people().enrol(Enrolment.of(name, FakePictures.of(person)));
        assertThat(outcome).isInstanceOf(EnrolOutcome.Enrolled.class);
        return ((EnrolOutcome.Enrolled) outcome).face();
    }

    @Test
    void aWatcherSeesWhatACameraSawAndOnlyWhatItAskedFor() throws Exception {
        AgentId agent = new AgentId("box-watch");
        String key = hub.services().devices().register(agent, SiteId.DEFAULT).key().reveal();
        CameraView camera =
                hub.services()
                        .cameras()
                        .add(
                                new NewCamera(
                                        "Door",
                                        new CameraSource.Stream(URI.create("rtsp://u:p@host/1")),
                                        Optional.of(agent)),
                                SiteScope.ALL);
        Face face = enrol("Katherine", 1);
        Inbox<WatchEventsResponse> all =
                watch(Role.VIEWER, WatchEventsRequest.getDefaultInstance());
        Inbox<WatchEventsResponse> hers =
                watch(
                        Role.VIEWER,
                        WatchEventsRequest.newBuilder()
                                .addEventTypes("face_recognized")
                                .setCameraId(camera.camera().id().toString())
                                .setPersonId(face.person().toString())
                                .build());
        Inbox<WatchEventsResponse> others =
                watch(
                        Role.VIEWER,
                        WatchEventsRequest.newBuilder()
                                .addEventTypes("face_deleted")
                                .setPersonId(face.person().toString())
                                .build());
        try (TestBox box = TestBox.connect(agent, key, hub.services().mqtt())) {
            Sightings sightings = new Sightings(agent, camera.camera().id());
            box.send(
                    box.wire(sightings.unknown(Instant.now(), new byte[] {1})),
                    box.wire(sightings.recognised(face, Instant.now(), new byte[] {1})));
        }
        Event event = hers.next().getEvent();
        assertThat(event.getType()).isEqualTo("face_recognized");
        assertThat(event.getFaceRecognized().getName()).isEqualTo("Katherine");
        assertThat(event.getFaceRecognized().getFaceId()).isEqualTo(face.id().toString());
        assertThat(event.getFaceRecognized().getCameraName()).isEqualTo("Door");
        assertThat(event.getFaceRecognized().getConfidence()).isEqualTo(0.9f);
        assertThat(event.getFaceRecognized().getLook().getHasCrop()).isTrue();
        assertThat(event.getFaceRecognized().getOrigin().getHistorical()).isFalse();
        assertThat(all.next().getEvent().getType()).isEqualTo("unknown_seen");
        assertThat(all.next().getEvent().getType()).isEqualTo("face_recognized");
        hub.services().people().deleteFace(face.id());
        assertThat(others.next().getEvent().getFaceDeleted().getFaceId())
                .isEqualTo(face.id().toString());
        assertThat(hers.messages).isEmpty();
    }

    @Test
    void aSlowWatcherIsToldWhatItMissedAndTheOthersMissNothing() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        Inbox<WatchEventsResponse> slow = new Inbox<>();
        SlowReader<WatchEventsRequest, WatchEventsResponse> reader = new SlowReader<>(slow, read);
        WatchEventsRequest flood = WatchEventsRequest.newBuilder().addEventTypes("flood").build();
        // On a connection of its own: what waits there unread takes up the room of all its streams.
        ManagedChannel itsOwn = hub.newChannel();
        FaceRecognitionGrpc.newStub(itsOwn)
                .withInterceptors(GrpcHub.with(hub.key(Role.VIEWER)))
                .watchEvents(flood, reader);
        Inbox<WatchEventsResponse> quick = watch(Role.VIEWER, flood);
        await().atMost(Duration.ofMinutes(1)).until(() -> reader.started);
        int events = 5 * EventWatch.BACKLOG;
        Map<String, Object> data = Map.of("text", "x".repeat(4000), "list", List.of(1, true));
        for (int i = 0; i < events; i++) {
            hub.services().feed().publish(new HubEvent.Custom("flood", data, Instant.EPOCH));
            if (i % 100 == 99) {
                int sent = i + 1;
                await().atMost(Duration.ofMinutes(1)).until(() -> quick.messages.size() == sent);
            }
        }
        read.countDown();
        long got = 0;
        long dropped = 0;
        while (got + dropped < events) {
            WatchEventsResponse next = slow.next();
            if (next.hasDropped()) {
                dropped += next.getDropped().getCount();
                assertThat(next.getDropped().getByTypeMap()).containsOnlyKeys("flood");
            } else if (next.hasEvent()) {
                got++;
                assertThat(next.getEvent().getCustom().getFieldsMap()).containsKey("list");
            }
        }
        itsOwn.shutdownNow();
        assertThat(dropped).as("dropped").isPositive();
        assertThat(got).as("got").isGreaterThanOrEqualTo(EventWatch.BACKLOG);
    }

    /** Takes nothing from the line before it is told to. */
    private static final class SlowReader<Q, R> implements ClientResponseObserver<Q, R> {
        private final Inbox<R> inbox;
        private final CountDownLatch read;
        private volatile boolean started;

        SlowReader(Inbox<R> inbox, CountDownLatch read) {
            this.inbox = inbox;
            this.read = read;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> call) {
            call.disableAutoRequestWithInitial(1);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            read.await();
                            call.request(Integer.MAX_VALUE);
                        } catch (InterruptedException stop) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }

        @Override
        public void onNext(R message) {
            started = true;
            inbox.onNext(message);
        }

        @Override
        public void onError(Throwable failed) {
            inbox.onError(failed);
        }

        @Override
        public void onCompleted() {
            inbox.onCompleted();
        }
    }

    @Test
    void aRunOfPicturesIsAnsweredInOrderAndABadOneDoesNotEndIt() throws Exception {
        enrol("Margaret", 3);
        Inbox<RecognizeStreamResponse> answers = new Inbox<>();
        StreamObserver<RecognizeStreamRequest> to =
                hub.streaming(Role.SERVICE).recognizeStream(answers);
        int frames = 60;
        for (int i = 0; i < frames; i++) {
            RecognizeStreamRequest.Builder frame =
                    RecognizeStreamRequest.newBuilder().setFrameId(1000 + i);
            switch (i % 4) {
                case 0 -> frame.setImageData(image(FakePictures.of(3, i % 3)));
                case 1 -> frame.setImageData(image(FakePictures.of(40 + i)));
                case 2 -> frame.setImageData(image(new byte[] {1, 2, 3}));
                default -> frame.setImageData(image(FakePictures.of(3))).setThreshold(Float.NaN);
            }
            to.onNext(frame.build());
        }
        to.onCompleted();
        assertThat(answers.end.poll(120, TimeUnit.SECONDS)).isEqualTo("OK");
        List<RecognizeStreamResponse> all = new ArrayList<>(answers.messages);
        assertThat(all).hasSize(frames);
        for (int i = 0; i < frames; i++) {
            RecognizeStreamResponse answer = all.get(i);
            assertThat(answer.getFrameId()).isEqualTo(1000 + i);
            switch (i % 4) {
                case 0 ->
                        assertThat(answer.getResult().getMatches(0).getName())
                                .isEqualTo("Margaret");
                case 1 -> assertThat(answer.getResult().getFacesList()).hasSize(1);
                case 2 -> assertThat(answer.getError().getCode()).isEqualTo("image_unreadable");
                default -> assertThat(answer.getError().getCode()).isEqualTo("invalid_argument");
            }
        }
    }

    @Test
    void aStreamEndsWhenItsKeyIsRevoked() throws Exception {
        String key = hub.key(Role.VIEWER);
        Inbox<WatchEventsResponse> inbox = new Inbox<>();
        FaceRecognitionGrpc.newStub(hub.channel())
                .withInterceptors(GrpcHub.with(key))
                .watchEvents(WatchEventsRequest.getDefaultInstance(), inbox);
        assertThat(inbox.next().hasWatching()).isTrue();
        assertThat(hub.services().apiKeys().revoke(key.substring(0, PREFIX))).isTrue();
        assertThat(inbox.end.poll(90, TimeUnit.SECONDS)).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void aCallThatExpiredWhileItWaitedIsNotLookedAt() throws Exception {
        hold = new CountDownLatch(1);
        int before = looks.get();
        VerifyLivenessRequest request =
                VerifyLivenessRequest.newBuilder().setImageData(image(FakePictures.of(5))).build();
        var stub = hub.as(Role.SERVICE);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> busy = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                busy.add(callers.submit(() -> stub.verifyLiveness(request)));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> looks.get() == before + AT_A_TIME);
            assertThatThrownBy(() ->
                            stub.withDeadlineAfter(500, TimeUnit.MILLISECONDS)
                                    .verifyLiveness(request))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e ->
                                    assertThat(e.getStatus().getCode())
                                            .isEqualTo(Status.Code.DEADLINE_EXCEEDED));
            hold.countDown();
            for (Future<?> call : busy) {
                call.get(60, TimeUnit.SECONDS);
            }
            stub.verifyLiveness(request);
            assertThat(looks.get())
                    .as("every call but the one that expired")
                    .isEqualTo(before + AT_A_TIME + 1);
        }
    }
}
