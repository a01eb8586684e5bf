package io.facet.edge.software;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.crypto.KeyFile;
import io.facet.error.FacetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this box stands to each product. Thread-safe. */
final class Board {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(Board.class);

    /** More bytes alone are told no more often than this. */
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(3);

    private final Path file;
    private final LongSupplier nanos;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Standing> standings = new TreeMap<>();
    private long told;

    /**
     * Begins empty.
     *
     * @param file where other programs on this box read it
     */
    Board(Path file, LongSupplier nanos) {
        this.file = file;
        this.nanos = nanos;
        this.told = nanos.getAsLong() - PROGRESS_EVERY.toNanos();
    }

    /** Calls the listener, from the thread that tells, soon after something has changed. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** One for each product, in the order of their names. */
    synchronized List<Standing> standings() {
        return List.copyOf(standings.values());
    }

    void tell(Standing now) {
        if (changes(now)) {
            write();
            listeners.forEach(Runnable::run);
        }
    }

    private synchronized boolean changes(Standing now) {
        Standing before = standings.put(now.product(), now);
        if (now.equals(before)) {
            return false;
        }
        boolean onlyBytes = before != null && before.sameBut(now);
        if (!onlyBytes) {
            LOG.info("{}", sentence(now));
        } else if (nanos.getAsLong() - told < PROGRESS_EVERY.toNanos()) {
            return false;
        }
        told = nanos.getAsLong();
        return true;
    }

    private void write() {
        try {
            KeyFile.write(
                    file,
                    JSON.writeValueAsBytes(standings().stream().map(Standing::toMap).toList()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (FacetException fullDisk) {
            LOG.debug("{} stays as it is: {}", file, fullDisk.reason());
        }
    }

    private static String sentence(Standing now) {
        return now.product()
                + " "
                + now.version()
                + " in use"
                + (now.sha256().isEmpty() ? "" : ", asked for " + now.sha256().substring(0, 12))
                + ": "
                + now.state().wireName()
                + (now.reason().isEmpty() ? "" : ", " + now.reason());
    }
}
