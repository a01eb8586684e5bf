package io.facet.e2e;

import io.facet.edge.capture.javacv.WebmFilms;
import io.facet.edge.clip.ClipCut;
import io.facet.edge.clip.ClipPicture;
import io.facet.model.EventId;
import io.facet.model.Jpeg;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;

/** {@code hub/src/test/web/mock-hub.mjs} with pictures of noise; its key is {@code mock-key}. */
final class StandIn implements AutoCloseable {
    static final String FACE_BOX = "200,80,120,140";

    /** Ten pictures, five a second: as an edge box makes it. */
    static final String FILM_SECONDS = "2";

    private static final Duration PERIOD = Duration.ofMillis(200);

    private static final String FACES =
            """
            {"frame1.jpg": {"size": [640, 360], "faces": [
              {"box": {"x": 200, "y": 80, "width": 120, "height": 140}, "name": "Ada Lovelace",
               "confidence": 0.93},
              {"box": {"x": 420, "y": 90, "width": 110, "height": 130}}]}}
            """;

    private final Process node;
    private final URI address;

    private StandIn(Process node, URI address) {
        this.node = node;
        this.address = address;
    }

    static StandIn start(Path page, Path pictures) throws IOException {
        Files.createDirectories(pictures);
        noise(640, 360, pictures.resolve("frame1.jpg"));
        noise(200, 200, pictures.resolve("portrait1.jpg"));
        film(pictures.resolve("film.webm"), pictures.resolve("frame1.jpg"));
        Files.writeString(pictures.resolve("faces.json"), FACES);
        ProcessBuilder builder = new ProcessBuilder("node", "mock-hub.mjs", page.toString(), "0");
        builder.directory(Program.home().resolve("hub/src/test/web").toFile());
        builder.environment().put("MOCK_FRAMES", pictures.toString());
        Process node = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String hello = node.inputReader().readLine();
        if (hello == null) {
            throw new IOException("the stand-in did not start");
        }
        return new StandIn(node, URI.create(hello.replaceAll(".*(http://\\S+).*", "$1")));
    }

    private static void film(Path to, Path picture) throws IOException {
        Jpeg jpeg = new Jpeg(Files.readAllBytes(picture));
        List<ClipPicture> pictures =
                LongStream.range(0, 10)
                        .mapToObj(n -> new ClipPicture(n * PERIOD.toNanos(), jpeg))
                        .toList();
        EventId event = new EventId(new UUID(1, 1));
        Files.write(to, new WebmFilms().film(new ClipCut(event, pictures, PERIOD)));
    }

    URI address() {
        return address;
    }

    /** A JPEG in which no detector finds a face. */
    static Path noise(int width, int height, Path file) throws IOException {
        Random random = new Random(width);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        ImageIO.write(image, "jpg", file.toFile());
        return file;
    }

    @Override
    public void close() {
        node.destroy();
        node.onExit().join();
    }
}
