package io.facet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of processes as Linux counts it. Stateless. */
final class ProcessMemory {
    private static final int KIB = 1024;

    private ProcessMemory() {}

    /** Bytes of this process resident now; 0 where there is no {@code /proc}. */
    static long residentBytes() {
        return field(Path.of("/proc/self/status"), "VmRSS:");
    }

    /**
     * Bytes of a process resident now, of pages it shares with others its part (the proportional
     * set size), so that the sum over processes counts every page once; 0 when it is gone.
     */
    static long proportionalBytes(long pid) {
        return field(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
    }

    /** As above, of memory that no file and no other process stands behind. */
    static long ownBytes(long pid) {
        return field(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss_Anon:");
    }

    private static long field(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }
}
