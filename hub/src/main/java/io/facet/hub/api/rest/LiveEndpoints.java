package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.cameras.CameraState;
import io.facet.hub.cameras.LiveFrame;
import io.facet.hub.cameras.LiveFrames;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import io.facet.model.CameraId;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A camera's live picture, once or as a stream, from its box over the box's own connection. Nothing
 * of it is stored.
 */
final class LiveEndpoints {
    private static final String CAMERA = "/api/v1/cameras/{camera_id}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_VIEWERS = 64;
    private static final int MOST_VIEWERS_EACH = 16;
    private static final int USUAL_RATE = 5;
    private static final int MOST_RATE = 15;

    /** A box goes on for a few seconds after a snapshot, and shall not send much meanwhile. */
    private static final float SNAPSHOT_RATE = 0.5f;

    private static final int SNAPSHOT_WIDTH = 1280;
    private static final int STREAM_WIDTH = 960;

    private final CameraService cameras;
    private final LiveFrames live;
    private final Authenticator authenticator;
    private final Seats seats = new Seats(MOST_VIEWERS, MOST_VIEWERS_EACH);

    LiveEndpoints(CameraService cameras, LiveFrames live, Authenticator authenticator) {
        this.cameras = cameras;
        this.live = live;
        this.authenticator = authenticator;
    }

    List<Endpoint> all() {
        // Who is at a place is an event: reading events is what it takes, and what is audited.
        Access read = new Access.Needs(Permission.READ_EVENTS);
        Spec snapshot =
                Spec.of("What a camera sees now; its masks are black")
                        .query(
                                "overlay",
                                Plain.TRUTH,
                                "boxes and names drawn in; false unless given")
                        .givesBytes("image/jpeg");
        Spec stream =
                Spec.of("What a camera sees, as Motion JPEG, until either side ends it")
                        .query(
                                "overlay",
                                Plain.TRUTH,
                                "boxes and names drawn in; false unless given")
                        .query(
                                "fps",
                                Plain.INTEGER,
                                "most pictures a second, 1 to 15; 5 unless given")
                        .givesBytes(MotionJpeg.MEDIA_TYPE);
        return List.of(
                Endpoint.get(CAMERA + "/snapshot.jpg", read, snapshot, this::snapshot),
                Endpoint.get(CAMERA + "/stream.mjpeg", read, stream, this::stream));
    }

    private Reply snapshot(Call call) {
        LiveFrames.Wish wish =
                new LiveFrames.Wish(SNAPSHOT_RATE, SNAPSHOT_WIDTH, call.queryTruth("overlay"));
        try (Watching watching = watch(call, wish)) {
            note(call, watching.first());
            return new Reply.Bytes("image/jpeg", watching.first().picture().bytes(), 0);
        }
    }

    private Reply stream(Call call) {
        int rate = (int) call.queryNumber("fps", USUAL_RATE, 1, MOST_RATE);
        Watching watching =
                watch(call, new LiveFrames.Wish(rate, STREAM_WIDTH, call.queryTruth("overlay")));
        MotionJpeg pictures =
                new MotionJpeg(
                        watching.frames(),
                        rate,
                        () -> mayStillLook(watching),
                        frame -> note(call, frame),
                        MotionJpeg.Times.USUAL);
        return new Reply.Live(
                MotionJpeg.CONTENT_TYPE,
                new Reply.Live.Show() {
                    @Override
                    public void write(OutputStream out) throws IOException {
                        pictures.write(watching.first(), out);
                    }

                    @Override
                    public void close() {
                        watching.close();
                    }
                });
    }

    /** Whom a picture shows, for the audit log. */
    private static void note(Call call, LiveFrame frame) {
        frame.faces()
                .forEach(face -> face.person().ifPresent(person -> call.about(person.toString())));
    }

    private boolean mayStillLook(Watching watching) {
        return watching.who()
                .get()
                .filter(LiveEndpoints::mayLook)
                .flatMap(who -> cameras.get(watching.camera(), who.sites()))
                .isPresent();
    }

    private static boolean mayLook(Principal who) {
        return who.may(Permission.READ_EVENTS) && who.may(Permission.READ_CAMERAS);
    }

    private Watching watch(Call call, LiveFrames.Wish wish) {
        call.principal().require(Permission.READ_CAMERAS);
        CameraId camera = call.path("camera_id", CameraId::parse);
        checkDelivers(state(camera, call));
        Supplier<Optional<Principal>> who = again(call);
        Seats.Seat seat = seats.take(call.principal().id());
        LatestFrame frames = new LatestFrame();
        LiveFrames.Watch watch;
        try {
            watch = live.watch(camera, wish, frames);
        } catch (RuntimeException refused) {
            seat.close();
            throw refused;
        }
        try {
            LiveFrame first = frames.take(PATIENCE).orElseThrow(() -> slow(state(camera, call)));
            return new Watching(camera, who, frames, first, watch, seat);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            watch.close();
            seat.close();
            throw new FacetException(ErrorCode.UNAVAILABLE, "the hub is stopping", stopping);
        } catch (RuntimeException refused) {
            watch.close();
            seat.close();
            throw refused;
        }
    }

    private CameraState state(CameraId camera, Call call) {
        return cameras.get(camera, call.sites())
                .orElseThrow(
                        () -> new FacetException(ErrorCode.NOT_FOUND, "there is no such camera"))
                .state();
    }

    /** Who shows this credential later on. */
    private Supplier<Optional<Principal>> again(Call call) {
        return Credentials.shown(call.request().headers())
                .flatMap(authenticator::bearer)
                .map(Authenticator.Bearer::still)
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.UNAUTHENTICATED, "the key or session just ended"));
    }

    private static void checkDelivers(CameraState state) {
        switch (state.status()) {
            // A camera that begins may well be in time.
            case PENDING, CONNECTING, STREAMING -> {}
            case STALLED, FAILED, STOPPED, OFFLINE ->
                    throw new FacetException(
                            ErrorCode.CAMERA_UNAVAILABLE,
                            "the camera shows no picture: " + describe(state));
        }
    }

    private static FacetException slow(CameraState state) {
        return new FacetException(
                ErrorCode.CAMERA_SLOW,
                "no picture came within "
                        + PATIENCE.toSeconds()
                        + " s; the camera is "
                        + describe(state)
                        + ". Try again, and look at its box's connection if it stays so");
    }

    private static String describe(CameraState state) {
        return state.reason().isEmpty()
                ? state.status().wireName()
                : state.status().wireName() + " (" + state.reason() + ")";
    }

    /** A look at a camera that has begun: its first picture is there. */
    private record Watching(
            CameraId camera,
            Supplier<Optional<Principal>> who,
            LatestFrame frames,
            LiveFrame first,
            LiveFrames.Watch watch,
            Seats.Seat seat)
            implements AutoCloseable {
        @Override
        public void close() {
            watch.close();
            seat.close();
        }
    }
}
