package io.facet.eval;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** Labelled pictures on disk, looked at on all cores. Thread-safe. */
public final class Pictures {
    private final ImageDecoder decoder;
    private final int threads;
    private final Progress progress;

    /** Told how far a run is; called from several threads. */
    public interface Progress {
        void at(int done, int total);
    }

    /**
     * With the configured limits on pictures.
     *
     * @param threads pictures looked at in parallel
     */
    public Pictures(FacetConfig.Limits limits, int threads, Progress progress) {
        this.decoder = new ImageDecoder(limits.imageBytes(), limits.imagePixels());
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Reads each picture and asks {@code question} of it; answers come in the order of the files.
     *
     * @throws FacetException of the first picture that cannot be read, with its name
     */
    public <T> List<T> each(List<Path> files, Function<Image, T> question) {
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> running = new ArrayList<>();
            for (Path file : files) {
                running.add(
                        pool.submit(() -> {
                            T answer = question.apply(read(file));
                            progress.at(done.incrementAndGet(), files.size());
                            return answer;
                        }));
            }
            try {
                return collect(running);
            } catch (RuntimeException failure) {
                pool.shutdownNow();
                throw failure;
            }
        }
    }

    private static <T> List<T> collect(List<Future<T>> running) {
        List<T> answers = new ArrayList<>();
        for (Future<T> answer : running) {
            try {
                answers.add(answer.get());
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof FacetException known
                        ? known
                        : new IllegalStateException(failure.getCause());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new FacetException(ErrorCode.UNAVAILABLE, "interrupted", stop);
            }
        }
        return answers;
    }

    private Image read(Path file) {
        try {
            return decoder.decode(Files.readAllBytes(file));
        } catch (IOException missing) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "cannot read the picture " + file, missing);
        } catch (FacetException bad) {
            throw new FacetException(bad.code(), file + ": " + bad.reason(), bad);
        }
    }

    /** The folders in a folder, by name. */
    public static List<Path> folders(Path folder) {
        return list(folder).stream().filter(Files::isDirectory).toList();
    }

    /** The pictures in a folder, by name; other files are passed over. */
    public static List<Path> in(Path folder) {
        return list(folder).stream().filter(Pictures::isPicture).toList();
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && name.matches(".*\\.(jpe?g|png|webp|bmp)");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "cannot read the folder " + folder, unreadable);
        }
    }
}
