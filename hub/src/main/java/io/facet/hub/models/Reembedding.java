package io.facet.hub.models;

import io.facet.error.FacetException;
import io.facet.hub.people.Pictures;
import io.facet.hub.people.TemplateStore;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.Vision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every face a template of a model, from the pictures kept since their enrolment. What is
 * done stays done: after a stop it goes on where it was. Runs on a thread of its own; progress may
 * be asked from any.
 */
final class Reembedding implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reembedding.class);
    private static final int PAGE = 100;

    /** They were good enough when they were enrolled, and a cut-out is no scene to judge. */
    private static final Vision.Wanted NO_GATES = new Vision.Wanted(false, false, false);

    private final String pack;
    private final Vision vision;
    private final Parts parts;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread thread;
    private volatile Progress.State state = Progress.State.WORKING;
    private volatile boolean closed;

    /**
     * What it works with.
     *
     * @param picture of a face; empty when the face is gone
     * @param complete run when every face was tried
     * @param end run at the end, however it comes
     */
    record Parts(
            TemplateStore store,
            Pictures pictures,
            Function<FaceId, Optional<Jpeg>> picture,
            Sink sink,
            Runnable complete,
            Runnable end) {}

    /**
     * Begins.
     *
     * @param vision of the model; not closed
     */
    Reembedding(String pack, Vision vision, Parts parts) {
        this.pack = pack;
        this.vision = vision;
        this.parts = parts;
        this.total = parts.store().countWithout(vision.space());
        this.thread = Thread.ofPlatform().daemon().name("re-embedding").start(this::run);
    }

    Progress progress() {
        return new Progress(pack, vision.space(), state, total, done.get(), failed.get());
    }

    private void run() {
        try {
            if (total > 0) {
                LOG.info("{} faces get a template of pack {}", total, pack);
            }
            if (everyFace()) {
                parts.complete().run();
                state = Progress.State.COMPLETE;
            }
        } catch (RuntimeException trouble) {
            LOG.error(
                    "faces wait for their template of pack {} until the next start", pack, trouble);
            state = Progress.State.STOPPED;
        } finally {
            parts.end().run();
        }
        if (total > 0) {
            LOG.info("{} faces got a template of pack {}, {} did not", done, pack, failed);
        }
    }

    private boolean everyFace() {
        Optional<FaceId> last = Optional.empty();
        while (!closed) {
            List<FaceId> page = parts.store().without(vision.space(), last, PAGE);
            if (page.isEmpty()) {
                return true;
            }
            for (FaceId face : page) {
                if (closed) {
                    return false;
                }
                parts.picture().apply(face).ifPresent(picture -> embed(face, picture));
            }
            last = Optional.of(page.getLast());
        }
        return false;
    }

    private void embed(FaceId face, Jpeg picture) {
        Optional<Embedding> template;
        try {
            template = template(parts.pictures().decode(picture.bytes()));
        } catch (FacetException unreadable) {
            LOG.warn("the picture of face {}: {}", face, unreadable.reason());
            template = Optional.empty();
        }
        if (template.isEmpty()) {
            failed.incrementAndGet();
            LOG.warn("pack {} finds no face in the picture of face {}; enrol it anew", pack, face);
            return;
        }
        parts.sink().keep(face, template.get());
        done.incrementAndGet();
    }

    private Optional<Embedding> template(Image image) {
        return vision.analyse(image, NO_GATES).stream()
                .max(Comparator.comparingDouble(outcome -> outcome.face().box().area()))
                .filter(FaceOutcome.Ready.class::isInstance)
                .map(outcome -> ((FaceOutcome.Ready) outcome).embedding());
    }

    /** Stops after the present face. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
