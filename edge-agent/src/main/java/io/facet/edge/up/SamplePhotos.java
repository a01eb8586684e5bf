package io.facet.edge.up;

import io.facet.error.FacetException;
import io.facet.model.Box;
import io.facet.model.Jpeg;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.JpegEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sample photographs inside the face-api npm package, as a slow pan: a machine that reaches
 * only package registries has something to see.
 *
 * <p>One woman stands in two of the six, as both packs judge: she is enrolled from the third
 * photograph and recognised in the first, taken eleven months later in another room. In the first
 * she holds her head aslant, about as far as the quality limits allow, so that one hangs a little
 * tilted. The sixth shows four strangers.
 */
final class SamplePhotos implements DemoSource {
    private static final String PORTRAIT = "demo/sample3.jpg";
    private static final String REUNION = "demo/sample1.jpg";
    private static final String STRANGERS = "demo/sample6.jpg";

    /** Her face in the portrait; nobody else's is in the cut. */
    private static final Box FACE = new Box(1074, 196, 232, 295);

    private static final float MARGIN = 0.4f;
    private static final double TILT_DEGREES = -15;
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_PIXELS = 20_000_000;

    private final PackageFolder npm;
    private final Path cache;
    private final Consumer<String> progress;
    private final ImageDecoder decoder = new ImageDecoder(MAX_BYTES, MAX_PIXELS);
    private final JpegEncoder encoder = new JpegEncoder(0.92f, 1920);

    /** Gives the package's folder, or says in half a sentence why it cannot be had. */
    @FunctionalInterface
    interface PackageFolder {
        Path get() throws IOException;
    }

    SamplePhotos(PackageFolder npm, Path cache, Consumer<String> progress) {
        this.npm = npm;
        this.cache = cache;
        this.progress = progress;
    }

    @Override
    public Optional<DemoMaterial> find() {
        try {
            Path photos = npm.get();
            Path portrait = cache.resolve("portrait.jpg");
            Path pan = cache.resolve("pan");
            Files.createDirectories(pan);
            write(portrait, encoder.crop(read(photos.resolve(PORTRAIT)), FACE, MARGIN));
            write(pan.resolve("1.jpg"), tilted(read(photos.resolve(REUNION))));
            write(pan.resolve("2.jpg"), encoder.encode(read(photos.resolve(STRANGERS))));
            return Optional.of(
                    new DemoMaterial(
                            "a pan over sample photographs of the face-api npm package, MIT",
                            "Grace (demo)",
                            "another photograph",
                            List.of(portrait),
                            pan.toUri()));
        } catch (IOException | FacetException missing) {
            progress.accept("the sample photographs cannot be had: " + missing.getMessage());
            return Optional.empty();
        }
    }

    private Image read(Path photo) throws IOException {
        if (!Files.isRegularFile(photo)) {
            throw new IOException("the npm package holds no " + photo.getFileName());
        }
        return decoder.decode(Files.readAllBytes(photo));
    }

    private Jpeg tilted(Image image) {
        return encoder.encode(Tilt.turned(image, TILT_DEGREES));
    }

    private static void write(Path file, Jpeg jpeg) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, jpeg.bytes());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
