package io.facet.hub.backup;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.PersonId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Who was erased, in a file outside the database: ids and times only. A restored database is older
 * than some of these; they are erased from it again. A line is on disk before the person is gone.
 * Thread-safe.
 */
public final class ErasureLedger {
    /** Characters of an id. */
    private static final int ID = 36;

    private final Path file;

    public ErasureLedger(Path file) {
        this.file = file;
    }

    /** Adds a line; durable when it returns. */
    public synchronized void add(PersonId person, Instant at) {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            String line = (endsCut(out) ? "\n" : "") + person + " " + at + "\n";
            out.position(out.size());
            ByteBuffer rest = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /** Whether a crash cut off the last line. */
    private static boolean endsCut(FileChannel file) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return file.size() > 0
                && file.read(last, file.size() - 1) == 1
                && last.get(0) != (byte) '\n';
    }

    /** Makes an empty one, so that whoever copies the folder's files finds it; or leaves it. */
    public void ensure() {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException otherWasFirst) {
            // There it is.
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /**
     * Adds what a copy has and this one has not.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it cannot be read
     */
    public synchronized void merge(Path copy) {
        if (!Files.isRegularFile(copy)) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "there is no list of erasures " + copy);
        }
        Map<PersonId, Instant> missing = new LinkedHashMap<>(entries(copy));
        missing.keySet().removeAll(entries(file).keySet());
        ensure();
        missing.forEach(this::add);
    }

    /** Everybody in it; a last line that a crash cut off is nobody. */
    public Set<PersonId> read() {
        return entries(file).keySet();
    }

    /**
     * Erases again whom an older database, brought back by whatever means, still holds.
     *
     * @param held which of these it holds
     * @return how many
     */
    public int replay(
            Function<Set<PersonId>, Collection<PersonId>> held, Consumer<PersonId> erase) {
        Set<PersonId> gone = read();
        Collection<PersonId> back = gone.isEmpty() ? Set.of() : held.apply(gone);
        back.forEach(erase);
        return back.size();
    }

    private static Map<PersonId, Instant> entries(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            Map<PersonId, Instant> people = new LinkedHashMap<>();
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                if (line.length() > ID && line.endsWith("Z")) {
                    people.put(
                            PersonId.parse(line.substring(0, ID)),
                            Instant.parse(line.substring(ID + 1)));
                }
            }
            return Collections.unmodifiableMap(people);
        } catch (IOException | IllegalArgumentException | DateTimeException damaged) {
            throw new FacetException(
                    ErrorCode.INTERNAL, file + " cannot be read; restore it first", damaged);
        }
    }

    private FacetException unwritable(IOException failure) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "cannot write "
                        + file
                        + "; nobody is erased without it, for a backup would bring them back",
                failure);
    }
}
