package io.facet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lives on the heap of another JVM. Stateless. */
final class LiveHeap {
    private static final Pattern G1 = Pattern.compile("total reserved.*?used (\\d+)K");
    private static final Pattern SERIAL = Pattern.compile("(?m)^ *\\S.* total \\d+K, used (\\d+)K");

    private LiveHeap() {}

    /** Megabytes, just after a full collection. */
    static double mb(long pid) throws IOException, InterruptedException {
        String _ = jcmd(pid, "GC.run");
        String said = jcmd(pid, "GC.heap_info");
        Matcher whole = G1.matcher(said);
        long kib = 0;
        if (whole.find()) {
            kib = Long.parseLong(whole.group(1));
        } else {
            Matcher generation = SERIAL.matcher(said);
            while (generation.find()) {
                kib += Long.parseLong(generation.group(1));
            }
        }
        if (kib == 0) {
            throw new IOException("the JVM does not tell its heap: " + said);
        }
        return kib * 1024 / 1e6;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(program.toString(), Long.toString(pid), command)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + " failed: " + said);
        }
        return said;
    }
}
