package io.facet.packaging;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Other programs that packaging needs. Stateless. */
final class Programs {
    private Programs() {}

    /**
     * Runs a program to its end; what it said is in the error when it fails.
     *
     * @throws FacetException {@code UNAVAILABLE} when it is not there or fails
     */
    static void run(Path folder, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Process process;
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    command.getFirst() + " cannot be run; install it (" + missing + ")",
                    missing);
        }
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    String.join(" ", command) + " failed with status " + status + ": " + said);
        }
    }
}
