package io.facet.vision.detect;

import io.facet.config.FacetConfig;
import io.facet.vision.image.Image;
import io.facet.vision.image.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the whole picture; in tiles too where configured and the picture is larger than the
 * network's input; and once more at half size when that finds nobody for sure, since networks miss
 * faces that fill the picture. Thread-safe.
 */
public final class PassingDetector implements FaceDetector {
    private static final double CLOSE_UP = 0.5;

    /** Weaker detections, which an agent asks for too, may be all that is seen of a close face. */
    private static final float SURE = FacetConfig.Detection.DEFAULT.scoreThreshold();

    private final SinglePass pass;
    private final FacetConfig.Detection config;

    public PassingDetector(SinglePass pass, FacetConfig.Detection config) {
        this.pass = pass;
        this.config = config;
    }

    @Override
    public List<DetectedFace> detect(Image image) {
        List<DetectedFace> found = pass.find(image, 1);
        if (config.tiles()) {
            found = new ArrayList<>(found);
            for (Window tile : Tiling.of(image.width(), image.height(), pass.inputSize())) {
                found.addAll(inTile(image, tile));
            }
        }
        if (found.stream().noneMatch(face -> face.score() >= SURE)) {
            found = new ArrayList<>(found);
            found.addAll(pass.find(image, CLOSE_UP));
        }
        List<DetectedFace> kept = Suppression.apply(found, pass.nmsIou());
        kept.removeIf(face -> face.box().width() < config.minFaceSize());
        return kept;
    }

    /** Faces cut by a tile's edge are left to the tile beside it. */
    private List<DetectedFace> inTile(Image image, Window tile) {
        return pass.find(image.copy(tile), 1).stream()
                .map(face -> moved(face, tile))
                .filter(face -> Tiling.whole(face.box(), tile, image.width(), image.height()))
                .toList();
    }

    private static DetectedFace moved(DetectedFace face, Window tile) {
        return new DetectedFace(
                face.box().scaled(1, tile.x(), tile.y()),
                face.landmarks().scaled(1, tile.x(), tile.y()),
                face.score());
    }
}
