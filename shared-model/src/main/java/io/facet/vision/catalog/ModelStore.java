package io.facet.vision.catalog;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import io.facet.vision.catalog.faceapi.FaceApiConverter;
import io.facet.vision.catalog.openvino.OpenVinoConverter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The cache folder: finished files under a name that begins with their hash, each written beside
 * its name, checked, forced to disk and then renamed, under a lock that holds across processes.
 */
final class ModelStore {
    private final Path cache;
    private final List<FileSource> sources;
    private final Consumer<String> progress;

    ModelStore(Path cache, List<FileSource> sources, Consumer<String> progress) {
        this.cache = cache;
        this.sources = List.copyOf(sources);
        this.progress = progress;
    }

    /**
     * The ONNX file of a network, got and converted when it is not in the cache.
     *
     * @throws FacetException {@code model_unavailable} when no source has a file, {@code
     *     model_corrupt} when what they have is wrong, {@code disk_full} or {@code unavailable}
     *     when the cache cannot be written
     */
    Path onnx(NetworkManifest network) {
        return switch (network.origin()) {
            case Origin.Published published -> upstream(published.file());
            case Origin.ZipMember zip ->
                    made(network.onnx(), part -> unzip(upstream(zip.archive()), zip, part));
            case Origin.OpenVino ir ->
                    made(
                            network.onnx(),
                            part ->
                                    converted(
                                            network,
                                            part,
                                            OpenVinoConverter.convert(
                                                    upstream(ir.xml()), upstream(ir.bin()))));
            case Origin.FaceApi shards ->
                    made(
                            network.onnx(),
                            part ->
                                    converted(
                                            network,
                                            part,
                                            FaceApiConverter.convert(
                                                    shards.network(),
                                                    upstream(shards.manifest()),
                                                    upstream(shards.weights()))));
        };
    }

    private Path upstream(UpstreamFile file) {
        return made(file.artifact(), part -> fetch(file, part));
    }

    /** Writes a file's content to a part. */
    private interface Maker {
        void make(Path part) throws IOException;
    }

    private Path made(Artifact artifact, Maker maker) {
        Path file = cache.resolve(artifact.cacheName());
        try {
            Files.createDirectories(cache);
            if (FileVerifier.problem(file, artifact).isPresent()) {
                try (CacheLock _ = CacheLock.on(file, progress)) {
                    makeUnlessThere(artifact, file, maker);
                }
            }
            return file;
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    private static FacetException unwritable(Path file, IOException failure) {
        boolean full = FullDisk.caused(failure);
        return new FacetException(
                full ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                "cannot write "
                        + file
                        + " ("
                        + failure
                        + "); "
                        + (full ? "free space there" : "make that folder writable")
                        + ", or point models.cache_dir at another one",
                failure);
    }

    private void makeUnlessThere(Artifact artifact, Path file, Maker maker) throws IOException {
        Optional<String> problem = FileVerifier.problem(file, artifact);
        if (problem.isEmpty()) {
            return;
        }
        if (Files.exists(file)) {
            progress.accept(file + " " + problem.get() + "; making it again");
        }
        Path part = DurableFiles.partOf(file);
        try {
            maker.make(part);
            Optional<String> wrong = FileVerifier.problem(part, artifact);
            if (wrong.isPresent()) {
                throw new FacetException(
                        ErrorCode.MODEL_CORRUPT,
                        artifact.name()
                                + " "
                                + wrong.get()
                                + "; this build of Facet and its manifest disagree, report it");
            }
            DurableFiles.publish(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void fetch(UpstreamFile file, Path part) throws IOException {
        List<String> reasons = new ArrayList<>();
        boolean corrupt = false;
        for (FileSource source : sources) {
            switch (source.fetch(file, part)) {
                case FileSource.Outcome.Unavailable no -> reasons.add(no.reason());
                case FileSource.Outcome.Written written -> {
                    Optional<String> wrong = FileVerifier.problem(part, file.artifact());
                    if (wrong.isEmpty()) {
                        return;
                    }
                    corrupt = true;
                    reasons.add(written.from() + " " + wrong.get());
                }
            }
        }
        throw refusal(file, corrupt, reasons);
    }

    private FacetException refusal(UpstreamFile file, boolean corrupt, List<String> reasons) {
        String name = file.artifact().name();
        return new FacetException(
                corrupt ? ErrorCode.MODEL_CORRUPT : ErrorCode.MODEL_UNAVAILABLE,
                name
                        + " cannot be had: "
                        + String.join("; ", reasons)
                        + ". Put the right file into a folder and set FACET_MODELS_MIRROR to it, or"
                        + " run './facet models fetch' with a network.");
    }

    private void converted(NetworkManifest network, Path part, byte[] onnx) throws IOException {
        progress.accept("converted " + network.title() + " to ONNX");
        Files.write(part, onnx);
    }

    private static void unzip(Path archive, Origin.ZipMember zip, Path part) throws IOException {
        try (ZipFile file = new ZipFile(archive.toFile())) {
            ZipEntry entry = file.getEntry(zip.member());
            if (entry == null) {
                throw new FacetException(
                        ErrorCode.MODEL_CORRUPT, archive + " does not hold " + zip.member());
            }
            try (InputStream in = file.getInputStream(entry)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
