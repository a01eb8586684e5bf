package io.facet.hub.enrolments;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.enrolments.EnrolmentJob.State;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.OnDuplicate;
import io.facet.hub.people.PeopleService;
import io.facet.model.Uuid7;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs over a store: one at a time, a few waiting. Thread-safe. */
public final class EnrolmentJobs implements EnrolmentService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentJobs.class);
    private static final int WAITING = 8;

    private final EnrolmentStore store;
    private final PeopleService people;
    private final SpoolFolder spool;
    private final Path imports;
    private final int imageBytes;
    private final Uuid7 ids;
    private final InstantSource clock;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(WAITING),
                    Thread.ofPlatform().name("enrolments").factory());

    /**
     * Ends the jobs of an earlier process as interrupted.
     *
     * @param imports the folder below which folders of the server may be enrolled
     */
    public EnrolmentJobs(
            EnrolmentStore store,
            PeopleService people,
            SpoolFolder spool,
            Path imports,
            int imageBytes,
            Uuid7 ids,
            InstantSource clock) {
        this.store = store;
        this.people = people;
        this.spool = spool;
        this.imports = imports;
        this.imageBytes = imageBytes;
        this.ids = ids;
        this.clock = clock;
        try {
            Files.createDirectories(imports);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        int cut = store.interruptAll(now());
        if (cut > 0) {
            LOG.warn("{} enrolment jobs were interrupted by the end of the hub", cut);
        }
    }

    @Override
    public EnrolmentJob start(InputStream zip, OnDuplicate rule, String by) {
        UUID id = ids.next();
        if (worker.getQueue().remainingCapacity() == 0) {
            throw busy();
        }
        try {
            return start(
                    id, new ZipPortraits(spool.keep(id, zip, MOST_BYTES), imageBytes), rule, by);
        } catch (IOException brokenOff) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the upload could not be read", brokenOff);
        }
    }

    @Override
    public EnrolmentJob startFolder(String folder, OnDuplicate rule, String by) {
        return start(ids.next(), FolderPortraits.below(imports, folder, imageBytes), rule, by);
    }

    private EnrolmentJob start(UUID id, PortraitSource source, OnDuplicate rule, String by) {
        EnrolmentJob job =
                new EnrolmentJob(
                        id,
                        State.RUNNING,
                        by,
                        now(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        0,
                        0,
                        Optional.empty());
        store.add(job);
        running.add(id);
        try {
            worker.execute(() -> run(id, source, rule));
        } catch (RejectedExecutionException full) {
            source.close();
            end(id, State.CANCELLED, Optional.of("too many jobs waited"));
            throw busy();
        }
        return job;
    }

    private static FacetException busy() {
        return new FacetException(
                ErrorCode.RATE_LIMITED, "enough enrolment jobs wait; start this one later");
    }

    @SuppressWarnings(
            "CatchingUnchecked") // the thread's boundary: a fault ends the job, not the hub
    private void run(UUID id, PortraitSource source, OnDuplicate rule) {
        try (source) {
            int total = source.count();
            if (total > MOST_PICTURES) {
                throw new FacetException(
                        ErrorCode.REQUEST_TOO_LARGE,
                        "a job has at most " + MOST_PICTURES + " pictures");
            }
            store.counted(id, total);
            source.visit(new Enroller(id, rule));
            if (closing) {
                end(id, State.INTERRUPTED, Optional.empty());
            } else {
                end(id, running.contains(id) ? State.FINISHED : State.CANCELLED, Optional.empty());
            }
        } catch (FacetException known) {
            end(id, State.FAILED, Optional.of(known.reason()));
        } catch (IOException | RuntimeException fault) {
            LOG.error("an enrolment job failed", fault);
            end(id, State.FAILED, Optional.of("the pictures could not be read to the end"));
        }
    }

    private void end(UUID id, State state, Optional<String> failure) {
        running.remove(id);
        store.end(id, state, failure, now());
    }

    /** Enrols one picture after the other. */
    private final class Enroller implements Portrait.Visitor {
        private final UUID job;
        private final OnDuplicate rule;
        private int number;

        Enroller(UUID job, OnDuplicate rule) {
            this.job = job;
            this.rule = rule;
        }

        @Override
        public boolean picture(Portrait portrait) {
            number++;
            store.add(job, result(portrait));
            return goesOn();
        }

        @Override
        public boolean unreadable(String file, String code, String why) {
            number++;
            store.add(job, refused(file, code, why));
            return goesOn();
        }

        private boolean goesOn() {
            return running.contains(job) && !closing;
        }

        private EnrolmentResult result(Portrait portrait) {
            String file = portrait.file();
            try {
                return switch (people.enrol(wish(portrait))) {
                    case EnrolOutcome.Enrolled enrolled ->
                            new EnrolmentResult(
                                    number,
                                    file,
                                    "enrolled",
                                    "",
                                    Optional.of(enrolled.face().id()),
                                    Optional.of(enrolled.face().person()));
                    case EnrolOutcome.Refused refused ->
                            refused(file, refused.code().wireName(), refused.reason());
                    case EnrolOutcome.Duplicate duplicate ->
                            new EnrolmentResult(
                                    number,
                                    file,
                                    ErrorCode.ALREADY_EXISTS.wireName(),
                                    "this face is enrolled already as somebody else's",
                                    Optional.of(duplicate.face()),
                                    Optional.of(duplicate.person()));
                };
            } catch (FacetException known) {
                if (known.code() == ErrorCode.UNAVAILABLE || known.code() == ErrorCode.DISK_FULL) {
                    throw known;
                }
                return refused(file, known.code().wireName(), known.reason());
            } catch (IllegalArgumentException invalid) {
                return refused(
                        file,
                        ErrorCode.INVALID_ARGUMENT.wireName(),
                        Optional.ofNullable(invalid.getMessage()).orElse("not valid"));
            }
        }

        private Enrolment wish(Portrait portrait) {
            return new Enrolment(
                    portrait.image(),
                    portrait.whose().name(),
                    Optional.empty(),
                    portrait.whose().externalId(),
                    Map.of(),
                    rule);
        }

        private EnrolmentResult refused(String file, String code, String why) {
            return new EnrolmentResult(number, file, code, why, Optional.empty(), Optional.empty());
        }
    }

    @Override
    public Optional<EnrolmentJob> get(UUID job) {
        return store.get(job);
    }

    @Override
    public List<EnrolmentJob> list(Optional<UUID> before, long offset, int limit) {
        return store.list(before, offset, limit);
    }

    @Override
    public long count() {
        return store.count();
    }

    @Override
    public List<EnrolmentResult> results(UUID job, int after, int limit) {
        return store.results(job, after, limit);
    }

    @Override
    public boolean cancel(UUID job) {
        return running.remove(job);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Ends the present job after its picture; waiting ones are interrupted at the next start. */
    @Override
    public void close() {
        closing = true;
        worker.shutdown();
        worker.getQueue().clear();
        try {
            if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("an enrolment job did not end in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
