package io.facet.vision.catalog;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Upstream addresses. A host that could not be reached is not asked again, so that a machine
 * without a network knows soon. Not thread-safe.
 */
final class HttpSource implements FileSource, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(20);
    private static final long SLOWEST_BYTES_PER_SECOND = 50_000;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    private final Set<String> unreachable = new HashSet<>();
    private final Consumer<String> progress;

    HttpSource(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public Outcome fetch(UpstreamFile file, Path part) {
        String reasons = "no upstream address";
        for (String source : file.sources()) {
            if (source.startsWith("http:") || source.startsWith("https:")) {
                Outcome outcome = fetch(URI.create(source), file.artifact(), part);
                switch (outcome) {
                    case Outcome.Written written -> {
                        return written;
                    }
                    case Outcome.Unavailable failed -> reasons = failed.reason();
                }
            }
        }
        return new Outcome.Unavailable(reasons);
    }

    private Outcome fetch(URI address, Artifact artifact, Path part) {
        String host = address.getHost();
        if (unreachable.contains(host)) {
            return new Outcome.Unavailable(host + " cannot be reached");
        }
        progress.accept(
                "fetching " + artifact.name() + " (" + size(artifact.bytes()) + ") from " + host);
        try {
            HttpResponse<Path> response = send(address, artifact, part);
            return response.statusCode() == 200
                    ? new Outcome.Written(address.toString())
                    : new Outcome.Unavailable(
                            host + " answered " + response.statusCode() + " for " + address);
        } catch (TimeoutException slow) {
            return new Outcome.Unavailable(host + " was too slow");
        } catch (ExecutionException failed) {
            return failure(host, failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable("interrupted");
        }
    }

    private HttpResponse<Path> send(URI address, Artifact artifact, Path part)
            throws ExecutionException, InterruptedException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(FIRST_BYTE).build();
        // The limit is on the bytes on disk; one more than expected is enough to know.
        CompletableFuture<HttpResponse<Path>> answer =
                client.sendAsync(
                        request,
                        BodyHandlers.limiting(BodyHandlers.ofFile(part), artifact.bytes() + 1));
        long seconds = FIRST_BYTE.toSeconds() + artifact.bytes() / SLOWEST_BYTES_PER_SECOND;
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    private Outcome failure(String host, @Nullable Throwable cause) {
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            unreachable.add(host);
            return new Outcome.Unavailable(host + " cannot be reached");
        }
        return new Outcome.Unavailable(host + " broke off: " + cause);
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? Math.max(1, bytes / 1000) + " kB"
                : String.format(java.util.Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
