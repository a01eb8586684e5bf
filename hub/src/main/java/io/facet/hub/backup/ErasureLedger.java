package io.facet.hub.backup;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.PersonId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who was erased, in a file outside the database: ids and times only. A restored database is older
 * than some of these; they are erased from it again. A line is on disk before the person is gone.
 * Thread-safe.
 */
public final class ErasureLedger {
    private final Path file;

    public ErasureLedger(Path file) {
        this.file = file;
    }

    /** Adds a line; durable when it returns. */
    public synchronized void add(PersonId person, Instant at) {
        byte[] line = (person + " " + at + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            ByteBuffer rest = ByteBuffer.wrap(line);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot write "
                            + file
                            + "; nobody is erased without it, for a backup would bring them back",
                    failure);
        }
    }

    /** Everybody in it; a last line that a crash cut off is nobody. */
    public List<PersonId> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<PersonId> people = new ArrayList<>();
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                if (line.length() > 36) {
                    people.add(PersonId.parse(line.substring(0, 36)));
                }
            }
            return List.copyOf(people);
        } catch (IOException | IllegalArgumentException damaged) {
            throw new FacetException(
                    ErrorCode.INTERNAL, file + " cannot be read; restore it first", damaged);
        }
    }
}
