package io.facet.vision.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.model.Liveness;
import io.facet.model.Quality;
import io.facet.vision.catalog.TestFolders;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.image.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit opens the vision before the first test
final class VisionIT {
    private final ImageDecoder decoder = new ImageDecoder(1 << 26, 1 << 26);
    private PackVision vision;

    @BeforeAll
    void open() {
        vision = TestVision.open("open");
    }

    @AfterAll
    void close() {
        vision.close();
    }

    @Test
    void findsEveryFaceOfTheSolvayConference() throws IOException {
        assertThat(vision.detector().detect(picture("misc/solvay1927.jpg"))).hasSize(29);
    }

    @Test
    void findsNobodyInAPictureOfNobody() throws IOException {
        Image picture = picture("pose-eyes-rotation/crop/no_face.png");

        assertThat(vision.analyse(picture, Vision.Wanted.RECOGNISE)).isEmpty();
    }

    @Test
    void findsAFaceThatFillsThePicture() throws IOException {
        Image astronaut = picture("misc/astronaut.png");
        DetectedFace face = vision.detector().detect(astronaut).getFirst();
        Image close =
                astronaut.copy(
                        new Window(
                                (int) face.box().x(),
                                (int) face.box().y(),
                                (int) face.box().width(),
                                (int) face.box().height()));

        assertThat(vision.detector().detect(close)).hasSize(1);
    }

    @Test
    void tellsALiveFaceFromScreens() throws IOException {
        assertThat(liveness("spoof-still/minivision_live_image_T1.jpg").passed()).isTrue();
        assertThat(liveness("spoof-still/minivision_spoof_image_F1.jpg").passed()).isFalse();
        assertThat(liveness("spoof-still/minivision_spoof_image_F2.jpg").passed()).isFalse();
    }

    @Test
    void aScreenIsASpoofWhenAskedForAndAFaceWhenNot() throws IOException {
        Image screen = picture("spoof-still/minivision_spoof_image_F2.jpg");

        assertThat(vision.analyse(screen, new Vision.Wanted(false, true, false)))
                .hasOnlyElementsOfType(FaceOutcome.Spoof.class);
        assertThat(vision.analyse(screen, new Vision.Wanted(false, false, true)))
                .hasOnlyElementsOfType(FaceOutcome.Ready.class);
    }

    @Test
    void aTurnedHeadIsTooPoorToEnrolAndIsToldWhy() throws IOException {
        List<FaceOutcome> outcomes =
                vision.analyse(
                        picture("pose-eyes-rotation/pose/left_face.jpeg"), Vision.Wanted.ENROL);

        assertThat(outcomes).hasOnlyElementsOfType(FaceOutcome.TooPoor.class);
        assertThat(outcomes.getFirst().quality().failures())
                .anySatisfy(c -> {
                    assertThat(c.key()).isEqualTo("pose_deviation");
                    assertThat(c.hint()).contains("camera");
                });
    }

    /** In a picture of a person who leans, every pack finds the same points and person. */
    @ParameterizedTest
    @ValueSource(strings = {"open", "starter"})
    void aLeaningHeadIsTheSamePerson(String pack) throws IOException {
        Image upright = picture("misc/astronaut.png");
        try (PackVision seen = TestVision.open(pack)) {
            FaceOutcome.Ready straight = only(seen, upright);
            for (int degrees : new int[] {-45, -30, 30, 45}) {
                FaceOutcome.Ready leaning = only(seen, turned(upright, degrees));
                float cosine = straight.embedding().similarity(leaning.embedding());
                assertThat(seen.calibration().confidence(cosine))
                        .as("%s at %d degrees, cosine %.3f", pack, degrees, cosine)
                        .isGreaterThan(0.75f);
            }
        }
    }

    private static FaceOutcome.Ready only(PackVision vision, Image image) {
        List<FaceOutcome> outcomes = vision.analyse(image, Vision.Wanted.ENROL);
        assertThat(outcomes).isNotEmpty();
        assertThat(outcomes.getFirst()).isInstanceOf(FaceOutcome.Ready.class);
        return (FaceOutcome.Ready) outcomes.getFirst();
    }

    /** The picture turned clockwise about its centre, its corners cut, nearest pixel. */
    private static Image turned(Image image, int degrees) {
        int width = image.width();
        int height = image.height();
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        byte[] bgr = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double dx = x - width / 2.0;
                double dy = y - height / 2.0;
                int fromX = (int) Math.round(width / 2.0 + cos * dx + sin * dy);
                int fromY = (int) Math.round(height / 2.0 - sin * dx + cos * dy);
                if (fromX >= 0 && fromX < width && fromY >= 0 && fromY < height) {
                    System.arraycopy(
                            image.bgr(), 3 * (fromY * width + fromX), bgr, 3 * (y * width + x), 3);
                }
            }
        }
        return new Image(width, height, bgr);
    }

    @Test
    void aFaceCutByThePictureIsNotJudgedForLiveness() throws IOException {
        Image whole = picture("spoof-still/minivision_live_image_T1.jpg");
        DetectedFace face = vision.detector().detect(whole).getFirst();
        int right = (int) (face.box().x() + 0.6f * face.box().width());
        Image cut = whole.copy(new Window(0, 0, right, whole.height()));

        assertThat(vision.liveness().check(cut, face))
                .isEqualTo(new Liveness.NotPerformed(List.of("face_at_edge")));
    }

    @Test
    void pressPhotosMostlyPassAndSpoiledOnesDoNot() throws IOException {
        List<Image> photos = someOfLfw(40);

        assertThat(passing(photos, image -> image)).isGreaterThan(32);
        assertThat(passing(photos, image -> blurred(image, 5))).isLessThan(8);
        assertThat(passing(photos, image -> dimmed(image, 0.15f))).isLessThan(4);
        assertThat(passing(photos, VisionIT::third)).isLessThan(4);
    }

    @Test
    void nothingRunsAfterClosing() {
        PackVision closed = TestVision.open("open");
        closed.close();

        assertThatThrownBy(() -> closed.detector().detect(SyntheticFace.draw()))
                .isInstanceOf(IllegalStateException.class);
    }

    private long passing(List<Image> photos, UnaryOperator<Image> spoil) {
        return photos.stream()
                .map(spoil)
                .filter(image ->
                        vision.detector().detect(image).stream()
                                .findFirst()
                                .map(face -> vision.quality().assess(image, face))
                                .filter(Quality::passed)
                                .isPresent())
                .count();
    }

    private List<Image> someOfLfw(int count) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(TestFolders.data().resolve("lfw-folds1-2/images"))) {
            all.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        Collections.shuffle(files, new Random(3));
        List<Image> images = new ArrayList<>();
        for (Path file : files.subList(0, count)) {
            images.add(decoder.decode(Files.readAllBytes(file)));
        }
        return images;
    }

    private Liveness.Performed liveness(String name) throws IOException {
        Image image = picture(name);
        DetectedFace face = vision.detector().detect(image).getFirst();
        return (Liveness.Performed) vision.liveness().check(image, face);
    }

    private Image picture(String name) throws IOException {
        return decoder.decode(Files.readAllBytes(TestFolders.data().resolve(name)));
    }

    /** Box blur of a radius, both ways. */
    private static Image blurred(Image image, int radius) {
        byte[] across = mean(image.bgr(), radius, 3, image.width());
        return new Image(
                image.width(),
                image.height(),
                mean(across, radius, 3 * image.width(), image.height()));
    }

    private static byte[] mean(byte[] from, int radius, int step, int length) {
        byte[] to = new byte[from.length];
        for (int i = 0; i < to.length; i++) {
            int at = i / step % length;
            int sum = 0;
            int count = 0;
            for (int k = Math.max(-radius, -at); k <= Math.min(radius, length - 1 - at); k++) {
                sum += from[i + k * step] & 0xFF;
                count++;
            }
            to[i] = (byte) (sum / count);
        }
        return to;
    }

    private static Image dimmed(Image image, float factor) {
        byte[] to = image.bgr().clone();
        for (int i = 0; i < to.length; i++) {
            to[i] = (byte) ((to[i] & 0xFF) * factor);
        }
        return new Image(image.width(), image.height(), to);
    }

    private static Image third(Image image) {
        int width = image.width() / 3;
        int height = image.height() / 3;
        byte[] to = new byte[3 * width * height];
        for (int i = 0; i < to.length; i++) {
            int pixel = i / 3;
            int x = 3 * (pixel % width) + 1;
            int y = 3 * (pixel / width) + 1;
            to[i] = image.bgr()[3 * (y * image.width() + x) + i % 3];
        }
        return new Image(width, height, to);
    }
}
