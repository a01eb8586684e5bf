package io.facet.edge.camera;

import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameThinner;
import io.facet.edge.clip.ClipCut;
import io.facet.edge.clip.ClipPicture;
import io.facet.edge.clip.ClipReel;
import io.facet.edge.clip.ClipSettings;
import io.facet.edge.clip.ClipStudio;
import io.facet.edge.outbox.EventSink;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.Region;
import io.facet.vision.image.Image;
import io.facet.vision.image.JpegEncoder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The films of one camera: the analysis thread shrinks a frame now and then, another one blackens
 * what the masks cover and encodes; while that takes, frames are passed over. The reel and what is
 * asked of it belong to that other thread.
 */
final class ClipTap {
    private static final float JPEG_QUALITY = 0.75f;

    private final ClipStudio studio;
    private final ClipSettings settings;
    private final ClipReel reel;
    private final JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY, Integer.MAX_VALUE);
    private final FrameThinner thinner;
    private final AtomicBoolean busy = new AtomicBoolean();
    // Owned by whoever holds busy.
    private final Shrink shrink;
    // The analysis thread's: whether anything is held.
    private boolean running;
    private List<Region> blackened = List.of();

    ClipTap(ClipStudio studio) {
        this.studio = studio;
        this.settings = studio.settings();
        this.reel = new ClipReel(settings);
        this.thinner = new FrameThinner(settings.framesPerSecond());
        this.shrink = new Shrink(settings.maxWidth());
    }

    /**
     * Takes a frame, when one is due. Analysis thread.
     *
     * @param masks what nobody sees
     */
    void offer(FrameBuffer frame, List<Region> masks) {
        if (!thinner.due(frame.monotonicNanos()) || !busy.compareAndSet(false, true)) {
            return;
        }
        running = true;
        boolean otherMasks = !masks.equals(blackened);
        blackened = masks;
        shrink.take(frame.image());
        long nanos = frame.monotonicNanos();
        studio.pictures()
                .execute(() -> {
                    try {
                        if (otherMasks) {
                            // What was in sight under the old masks may be covered by the new.
                            reel.forget();
                        }
                        LivePainter.blacken(shrink.picture(), masks);
                        Image image = shrink.image();
                        develop(reel.add(new ClipPicture(nanos, encoder.encode(image))));
                    } finally {
                        busy.set(false);
                    }
                });
    }

    /** Nothing is to be seen for now: films end here, and what was held is forgotten. */
    void pause() {
        if (running) {
            running = false;
            studio.pictures().execute(() -> develop(reel.end()));
        }
    }

    private void develop(List<ClipCut> cuts) {
        cuts.forEach(studio::develop);
    }

    private void ask(EventId event, long moment) {
        studio.pictures()
                .execute(() -> {
                    if (!reel.ask(event, moment)) {
                        studio.lost();
                    }
                });
    }

    /** The same sink; of events with a film, the film is asked for once they are stored. */
    EventSink around(EventSink sink) {
        return (moment, make) -> {
            AtomicReference<@Nullable FaceEvent> made = new AtomicReference<>();
            boolean stored =
                    sink.record(
                            moment,
                            header -> {
                                FaceEvent event = make.apply(header);
                                made.set(event);
                                return event;
                            });
            FaceEvent event = made.get();
            if (stored && event != null && hasFilm(event)) {
                ask(event.header().id(), moment.monotonic().toNanos());
            }
            return stored;
        };
    }

    /** One film a visit: corrections have none of their own. */
    private boolean hasFilm(FaceEvent event) {
        return switch (event) {
            case FaceEvent.Recognised _ -> true;
            case FaceEvent.UnknownSeen _ -> settings.unknown();
            case FaceEvent.RecognitionUpdated _,
                    FaceEvent.RecognitionRetracted _,
                    FaceEvent.CameraConnected _,
                    FaceEvent.CameraDisconnected _ ->
                    false;
        };
    }
}
