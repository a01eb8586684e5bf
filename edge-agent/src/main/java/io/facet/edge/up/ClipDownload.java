package io.facet.edge.up;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Downloads clips. A file appears under its name only when it is whole and plays: networks that ask
 * for a sign-in answer everything with a page and the status 200.
 */
final class ClipDownload {
    private static final long MAX_BYTES = 200_000_000;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final URI base;
    private final Duration patience;
    private final Predicate<Path> playable;

    /**
     * Downloads from {@code base}.
     *
     * @param patience for one file, from the first byte sent to the last one received
     */
    ClipDownload(URI base, Duration patience, Predicate<Path> playable) {
        this.base = base;
        this.patience = patience;
        this.playable = playable;
    }

    URI address(String file) {
        return base.resolve(file);
    }

    /**
     * Downloads a file.
     *
     * @throws IOException saying in half a sentence why it cannot be had; nothing is left behind
     */
    void fetch(String file, Path target) throws IOException, InterruptedException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (HttpClient http =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(CONNECT)
                        .build()) {
            try {
                store(http, address(file), part);
            } finally {
                http.shutdownNow();
            }
            if (!playable.test(part)) {
                throw new IOException("what came from " + address(file) + " is no clip that plays");
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void store(HttpClient http, URI address, Path part)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Path>> answer =
                http.sendAsync(
                        HttpRequest.newBuilder(address).build(),
                        BodyHandlers.limiting(BodyHandlers.ofFile(part), MAX_BYTES));
        try {
            int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new IOException(address + " answers " + status);
            }
        } catch (TimeoutException slow) {
            throw new IOException(
                    address + " took longer than " + patience.toSeconds() + " s", slow);
        } catch (ExecutionException failed) {
            throw new IOException(said(address, failed.getCause()), failed);
        } finally {
            answer.cancel(true);
        }
    }

    private static String said(URI address, @org.jspecify.annotations.Nullable Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                ? address.getHost() + " cannot be reached"
                : address + " broke off: " + cause;
    }
}
