package io.facet.bench;

import io.facet.config.Places;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Box;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.JpegEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JPEG files with one face each. Stateless. */
final class BenchPictures {
    private static final String LFW = "lfw-folds1-2/images";
    private static final int LARGEST = 1 << 24;

    /** As the agent cuts out a face. */
    private static final JpegEncoder ENCODER = new JpegEncoder(0.85f, 320);

    private static final float MARGIN = 0.35f;

    private BenchPictures() {}

    /**
     * The first files of a folder by name.
     *
     * @param named empty takes those of the test data
     */
    static List<byte[]> read(@Nullable Path named, Places places, int most) throws IOException {
        Path folder =
                named != null
                        ? named
                        : places.testData().map(d -> d.resolve(LFW)).orElse(Path.of(LFW));
        if (!Files.isDirectory(folder)) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "there is no folder "
                            + folder
                            + "; name one with --images or set FACET_TESTDATA");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".jpg"))
                    .sorted()
                    .limit(most)
                    .map(BenchPictures::read)
                    .toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Cuts as large as a face from the middles of pictures. */
    static List<byte[]> crops(List<byte[]> pictures) {
        ImageDecoder decoder = new ImageDecoder(LARGEST, LARGEST);
        return pictures.stream().map(decoder::decode).map(BenchPictures::middle).toList();
    }

    private static byte[] middle(Image image) {
        int width = image.width() / 3;
        int height = image.height() * 2 / 5;
        Box box =
                new Box(
                        (image.width() - width) / 2f,
                        (image.height() - height) / 2f,
                        width,
                        height);
        return ENCODER.crop(image, box, MARGIN).bytes();
    }
}
