package io.facet.hub;

import io.facet.crypto.KeyFile;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.audit.AuditAnchor;
import io.facet.hub.audit.AuditBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/** The end of the audit log in a file: batch, last entry, hash. Thread-safe. */
record AuditAnchorFile(Path file) implements AuditAnchor {
    @Override
    public Optional<AuditBatch.Mark> read() {
        return KeyFile.read(file)
                .map(bytes -> {
                    String[] words =
                            new String(bytes, StandardCharsets.US_ASCII).strip().split(" ", -1);
                    try {
                        return new AuditBatch.Mark(
                                Long.parseLong(words[0]),
                                Long.parseLong(words[1]),
                                HexFormat.of().parseHex(words[2]));
                    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
                        throw new FacetException(
                                ErrorCode.INTERNAL,
                                file + " is damaged; the log's end is unknown",
                                damaged);
                    }
                });
    }

    @Override
    public void write(AuditBatch.Mark end) {
        String text =
                end.number() + " " + end.lastEntry() + " " + HexFormat.of().formatHex(end.hash());
        KeyFile.write(file, (text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
