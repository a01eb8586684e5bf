package io.facet.edge.clip;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where films are made: one thread encodes the pictures of all cameras, another one the films, of
 * which few may wait. What finds no place is given up and counted. Thread-safe.
 */
public final class ClipStudio implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClipStudio.class);

    /** Each holds up to a camera's reel in memory. */
    private static final int MOST_WAITING = 8;

    private static final int LONGEST_END_SECONDS = 20;

    private final ClipSettings settings;
    private final FilmMaker maker;
    private final ClipStore store;
    private final ExecutorService pictures;
    private final ThreadPoolExecutor films =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    threads("clip-films"));
    private final AtomicLong dropped = new AtomicLong();

    /** A studio with threads of its own. */
    public ClipStudio(ClipSettings settings, FilmMaker maker, ClipStore store) {
        this(settings, maker, store, Executors.newSingleThreadExecutor(threads("clip-pictures")));
    }

    /**
     * A studio.
     *
     * @param pictures does what it is given one by one, in order; closed with the studio
     */
    public ClipStudio(
            ClipSettings settings, FilmMaker maker, ClipStore store, ExecutorService pictures) {
        this.settings = settings;
        this.maker = maker;
        this.store = store;
        this.pictures = pictures;
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    public ClipSettings settings() {
        return settings;
    }

    /** Runs the work of all cameras on their pictures, in order. */
    public Executor pictures() {
        return pictures;
    }

    /** Has a film made and stored. */
    public void develop(ClipCut cut) {
        try {
            films.execute(() -> make(cut));
        } catch (RejectedExecutionException busy) {
            LOG.debug("no film of event {}", cut.event(), busy);
            lost();
        }
    }

    private void make(ClipCut cut) {
        try {
            store.put(cut.event(), maker.film(cut));
        } catch (RuntimeException failure) {
            LOG.warn("the film of event {} was lost", cut.event(), failure);
            lost();
        }
    }

    /** A film could not be made. */
    public void lost() {
        dropped.incrementAndGet();
    }

    /** Films that could not be made. */
    public long dropped() {
        return dropped.get();
    }

    /** Makes the films whose pictures are there; the cameras are closed before. */
    @Override
    public void close() {
        try {
            pictures.shutdown();
            boolean done = pictures.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS);
            films.shutdown();
            if (!done || !films.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("films were still being made; they are lost");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
