package io.facet.edge.sync;

import io.facet.edge.gallery.GalleryPage;
import io.facet.edge.gallery.LocalGallery;
import io.facet.edge.sync.PageReader.Sequel;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.wire.v1.GalleryChanges;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls what changed whenever the hub announces a revision, and on a timer in case an announcement
 * was lost. After the last page the digests must agree; where they do not, or a delta does not fit,
 * everything is fetched anew. A failure is tried again, at growing intervals, a snapshot from the
 * page on that did not come; what is held stays in use. One thread of its own; thread-safe.
 */
public final class GallerySync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GallerySync.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** So often a page of a snapshot is asked for before the snapshot is begun anew. */
    private static final int MOST_TRIES = 5;

    private final LocalGallery gallery;
    private final GallerySource hub;
    private final Duration every;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore wake = new Semaphore(1);
    private final Thread thread;
    private Optional<Place> goOn = Optional.empty();
    private volatile boolean closing;
    private volatile String trouble = "";
    private volatile boolean complete;

    /**
     * Where a snapshot was cut short; the pages before are stored, and not in use.
     *
     * @param since the revision that was asked for
     * @param tries that have failed there
     */
    private record Place(long since, String cursor, int tries) {}

    /**
     * Starts with a first pull.
     *
     * @param every longest time between pulls
     */
    public GallerySync(LocalGallery gallery, HubGallery hub, Duration every) {
        this(gallery, (GallerySource) hub, every);
    }

    GallerySync(LocalGallery gallery, GallerySource hub, Duration every) {
        this.gallery = gallery;
        this.hub = hub;
        this.every = every;
        this.thread = Thread.ofVirtual().name("gallery-sync").start(this::run);
    }

    /** Calls the listener after the gallery or {@link #trouble} has changed. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The hub says it is at a revision; never blocks. */
    public void announced(long revision) {
        if (revision != gallery.revision()) {
            wake.release();
        }
    }

    /** Why the gallery cannot be brought up to date, for people; empty while it can. */
    public String trouble() {
        return trouble;
    }

    /** Whether the gallery was once as the hub had it since this began. */
    public boolean complete() {
        return complete;
    }

    private void run() {
        Duration wait = every;
        while (!closing) {
            try {
                if (wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                pull();
                complete = !closing;
                wait = every;
                say("");
            } catch (FacetException failure) {
                spendLease();
                wait = wait.equals(every) ? FIRST_RETRY : shorter(wait.multipliedBy(2), every);
                say(failure.reason());
            } catch (InterruptedException _) {
                LOG.debug("gallery sync interrupted");
            } catch (RuntimeException defect) {
                LOG.error("gallery sync failed", defect);
                wait = every;
            }
        }
    }

    /** While the hub is away its lease on what is held goes on. */
    private void spendLease() {
        try {
            if (gallery.spendLease()) {
                listeners.forEach(Runnable::run);
            }
        } catch (FacetException failure) {
            LOG.warn("the gallery's lease cannot be kept: {}", failure.reason());
        }
    }

    private void say(String now) {
        if (!trouble.equals(now)) {
            if (!now.isEmpty()) {
                LOG.warn("the gallery stays at revision {}: {}", gallery.revision(), now);
            }
            trouble = now;
            listeners.forEach(Runnable::run);
        }
    }

    private void pull() throws InterruptedException {
        long before = gallery.revision();
        byte[] digest = gallery.digest();
        try {
            follow(before);
        } catch (FacetException failure) {
            if (failure.code() != ErrorCode.CONFLICT) {
                throw failure;
            }
            LOG.warn("{}; fetching the whole gallery", failure.reason());
            goOn = Optional.empty();
            follow(0);
        }
        if (gallery.revision() != before || !Arrays.equals(digest, gallery.digest())) {
            LOG.info(
                    "the gallery is at revision {} with {} faces",
                    gallery.revision(),
                    gallery.size());
            listeners.forEach(Runnable::run);
        }
    }

    /** Applies page after page until the hub has no more, then compares digests. */
    private void follow(long since) throws InterruptedException {
        long at = since;
        Optional<String> cursor = cutShort(since);
        Sequel sequel =
                cursor.isPresent()
                        ? Sequel.TO_A_PAGE
                        : since == 0 ? Sequel.TO_NOTHING : Sequel.TO_WHAT_IS_HELD;
        while (!closing) {
            GalleryChanges wire = hub.fetch(at, cursor);
            GalleryPage page = PageReader.read(wire, gallery.space(), at, sequel);
            gallery.apply(page);
            sequel =
                    page.part() == GalleryPage.Part.DELTA
                            ? Sequel.TO_WHAT_IS_HELD
                            : Sequel.TO_A_PAGE;
            goOn = Optional.empty();
            if (!wire.getMore()) {
                compare(wire);
                return;
            }
            cursor = next(wire, at);
            goOn = cursor.map(next -> new Place(since, next, 0));
            at = wire.getSnapshot() ? at : page.revision();
        }
    }

    /** Where to go on with a snapshot that an earlier pull did not get to the end of. */
    private Optional<String> cutShort(long since) {
        goOn =
                goOn.filter(place -> place.since() == since && place.tries() < MOST_TRIES)
                        .map(place -> new Place(since, place.cursor(), place.tries() + 1));
        return goOn.map(Place::cursor);
    }

    /** Where to go on; a hub that does not move on would be asked for ever. */
    private static Optional<String> next(GalleryChanges wire, long at) {
        boolean stuck =
                wire.getSnapshot() ? wire.getNextCursor().isEmpty() : wire.getToRevision() <= at;
        if (stuck) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the hub has more pages but does not say where");
        }
        return wire.getSnapshot() ? Optional.of(wire.getNextCursor()) : Optional.empty();
    }

    private void compare(GalleryChanges last) {
        if (!last.getDigest().isEmpty()
                && !Arrays.equals(last.getDigest().toByteArray(), gallery.digest())) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "at revision "
                            + last.getToRevision()
                            + " this box's gallery differs from the hub's");
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
