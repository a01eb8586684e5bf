package io.facet.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.config.FacetConfig;
import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.image.Image;
import io.facet.vision.image.Window;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class DetectionGeometryTest {
    @Provide
    Arbitrary<List<DetectedFace>> faces() {
        Arbitrary<Float> at = Arbitraries.floats().between(0, 60);
        Arbitrary<Float> size = Arbitraries.floats().between(1, 40);
        Arbitrary<Float> score = Arbitraries.floats().between(0, 1);
        return Combinators.combine(at, at, size, size, score)
                .as((x, y, w, h, s) -> face(new Box(x, y, w, h), s))
                .list()
                .ofMaxSize(40);
    }

    @Property
    void keptFacesDoNotOverlapAndEveryOtherOverlapsABetterOne(
            @ForAll("faces") List<DetectedFace> all,
            @ForAll @FloatRange(min = 0, max = 1) float iou) {
        List<DetectedFace> kept = Suppression.apply(all, iou);

        assertThat(all).containsAll(kept);
        for (int i = 0; i < kept.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(kept.get(i).box().iou(kept.get(j).box())).isLessThanOrEqualTo(iou);
                assertThat(kept.get(i).score()).isLessThanOrEqualTo(kept.get(j).score());
            }
        }
        for (DetectedFace face : all) {
            boolean explained =
                    kept.stream()
                            .anyMatch(k ->
                                    k.equals(face)
                                            || (k.score() >= face.score()
                                                    && k.box().iou(face.box()) > iou));
            assertThat(explained).isTrue();
        }
        assertThat(Suppression.apply(kept, iou)).isEqualTo(kept);
    }

    @Test
    void yunetCellsDecodeToTheFaceThatWasEncoded() {
        float[] bbox = new float[4 * 12];
        float[] kps = new float[10 * 12];
        float[] cls = new float[12];
        float[] obj = new float[12];
        int cell = 6; // column 2 of row 1 in a grid of 4 x 3
        cls[cell] = 0.81f;
        obj[cell] = 1;
        bbox[4 * cell] = 0.5f;
        bbox[4 * cell + 1] = 0.25f;
        bbox[4 * cell + 2] = (float) Math.log(3);
        bbox[4 * cell + 3] = (float) Math.log(4);
        kps[10 * cell] = -0.5f;
        kps[10 * cell + 9] = 1.5f;
        List<DetectedFace> found = new ArrayList<>();

        new YunetDecoder(wrap(cls), wrap(obj), wrap(bbox), wrap(kps)).decode(16, 4, 3, 0.6f, found);

        assertThat(found).hasSize(1);
        DetectedFace face = found.getFirst();
        assertThat(face.score()).isCloseTo(0.9f, within(1e-5f));
        assertThat(face.box().width()).isCloseTo(48, within(1e-3f));
        assertThat(face.box().height()).isCloseTo(64, within(1e-3f));
        assertThat(face.box().x()).isCloseTo(40 - 24, within(1e-3f));
        assertThat(face.box().y()).isCloseTo(20 - 32, within(1e-3f));
        assertThat(face.landmarks().leftEye()).isEqualTo(new Point(24, 16));
        assertThat(face.landmarks().rightMouth()).isEqualTo(new Point(32, 40));
    }

    @Property(tries = 200)
    void tilesCoverThePicture(
            @ForAll @IntRange(min = 1, max = 6000) int width,
            @ForAll @IntRange(min = 1, max = 6000) int height) {
        List<Window> tiles = Tiling.of(width, height, 640);

        assertThat(tiles.size()).isLessThanOrEqualTo(25);
        if (!tiles.isEmpty()) {
            for (Point p : corners(width, height)) {
                assertThat(tiles.stream().anyMatch(t -> contains(t, p))).isTrue();
            }
        }
        for (Window tile : tiles) {
            assertThat(tile.x() + tile.width()).isLessThanOrEqualTo(width);
            assertThat(tile.y() + tile.height()).isLessThanOrEqualTo(height);
        }
    }

    @Test
    void looksAgainAtHalfSizeOnlyWhenNobodyIsFound() {
        List<Double> zooms = new ArrayList<>();
        DetectedFace large = face(new Box(10, 10, 600, 400), 0.9f);
        SinglePass closeUp = pass((image, zoom) -> zoom < 1 ? List.of(large) : List.of(), zooms);

        List<DetectedFace> found =
                new PassingDetector(closeUp, FacetConfig.Detection.DEFAULT)
                        .detect(new Image(8, 8, new byte[192]));

        assertThat(found).containsExactly(large);
        assertThat(zooms).containsExactly(1.0, 0.5);
    }

    @Test
    void tilesFindSmallFacesAndLeaveOutHalves() {
        FacetConfig.Detection tiled = new FacetConfig.Detection(640, 0.6f, true, 0);
        DetectedFace cut = face(new Box(600, 10, 39, 30), 0.9f);
        SinglePass pass =
                pass(
                        (image, zoom) ->
                                image.width() > 640
                                        ? List.of()
                                        : List.of(face(new Box(100, 100, 20, 20), 0.8f), cut),
                        new ArrayList<>());

        List<DetectedFace> found =
                new PassingDetector(pass, tiled)
                        .detect(new Image(1280, 640, new byte[3 * 1280 * 640]));

        List<Window> tiles = Tiling.of(1280, 640, 640);
        assertThat(found).hasSize(tiles.size() + 1); // the last tile ends where the picture does
        assertThat(found.stream().map(f -> f.box().x()))
                .containsAll(tiles.stream().map(t -> t.x() + 100f).toList());
    }

    private interface Look {
        List<DetectedFace> at(Image image, double zoom);
    }

    private static SinglePass pass(Look look, List<Double> zooms) {
        return new SinglePass() {
            @Override
            public List<DetectedFace> find(Image image, double zoom) {
                zooms.add(zoom);
                return look.at(image, zoom);
            }

            @Override
            public float nmsIou() {
                return 0.3f;
            }

            @Override
            public int inputSize() {
                return 640;
            }
        };
    }

    private static List<Point> corners(int width, int height) {
        return IntStream.range(0, 9)
                .mapToObj(i -> new Point((width - 1) * (i % 3) / 2f, (height - 1) * (i / 3) / 2f))
                .toList();
    }

    private static boolean contains(Window t, Point p) {
        return p.x() >= t.x()
                && p.x() < t.x() + t.width()
                && p.y() >= t.y()
                && p.y() < t.y() + t.height();
    }

    private static FloatBuffer wrap(float[] values) {
        return FloatBuffer.wrap(values);
    }

    private static DetectedFace face(Box box, float score) {
        Point middle = box.centre();
        return new DetectedFace(box, new Landmarks(middle, middle, middle, middle, middle), score);
    }
}
