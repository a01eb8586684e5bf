package io.facet.model;

import java.util.List;
import java.util.Optional;

/**
 * What a camera attends to; all of it changes while the camera runs.
 *
 * @param revision grows with every change; 0 before the first
 * @param zones faces whose centre is in none of them are ignored; empty: the whole picture
 * @param masks faces whose centre is in one of them are ignored
 * @param minFaceSize least width of a face in pixels; 0: the agent's
 * @param threshold least confidence of a match; empty: the agent's
 * @param inferenceBudget most seconds of analysis a second, 0.05 to 16; empty: a fair share
 * @param schedule when it looks; empty: always
 */
public record CameraRules(
        long revision,
        List<Region> zones,
        List<Region> masks,
        int minFaceSize,
        Optional<Float> threshold,
        Optional<Float> inferenceBudget,
        Optional<Schedule> schedule) {
    /** Of a camera nothing was said about. */
    public static final CameraRules NONE =
            new CameraRules(
                    0,
                    List.of(),
                    List.of(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static final int MOST_REGIONS = 16;
    private static final int LARGEST_FACE = 4096;

    /** Why a face is ignored. */
    public enum Ignored {
        TOO_SMALL("too_small"),
        OUTSIDE_ZONES("outside_zones"),
        MASKED("masked");

        private final String key;

        Ignored(String key) {
            this.key = key;
        }

        /** snake_case. */
        public String key() {
            return key;
        }
    }

    public CameraRules {
        zones = List.copyOf(zones);
        masks = List.copyOf(masks);
        if (zones.size() > MOST_REGIONS || masks.size() > MOST_REGIONS) {
            throw new IllegalArgumentException(
                    "a camera has at most " + MOST_REGIONS + " zones and as many masks");
        }
        if (minFaceSize < 0 || minFaceSize > LARGEST_FACE) {
            throw new IllegalArgumentException("min_face_size is 0 to " + LARGEST_FACE);
        }
        if (threshold.filter(t -> !(t >= 0 && t <= 1)).isPresent()) {
            throw new IllegalArgumentException("threshold is 0 to 1");
        }
        if (inferenceBudget.filter(b -> !(b >= 0.05f && b <= 16)).isPresent()) {
            throw new IllegalArgumentException("inference_budget is 0.05 to 16");
        }
    }

    /**
     * Why a face is ignored; empty when it counts.
     *
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     */
    public Optional<Ignored> ignores(Box face, int width, int height) {
        if (face.width() < minFaceSize) {
            return Optional.of(Ignored.TOO_SMALL);
        }
        float x = (face.x() + face.width() / 2) / width;
        float y = (face.y() + face.height() / 2) / height;
        if (!zones.isEmpty() && !anyContains(zones, x, y)) {
            return Optional.of(Ignored.OUTSIDE_ZONES);
        }
        return anyContains(masks, x, y) ? Optional.of(Ignored.MASKED) : Optional.empty();
    }

    private static boolean anyContains(List<Region> regions, float x, float y) {
        for (Region region : regions) {
            if (region.contains(x, y)) {
                return true;
            }
        }
        return false;
    }

    public CameraRules withRevision(long changed) {
        return new CameraRules(
                changed, zones, masks, minFaceSize, threshold, inferenceBudget, schedule);
    }

    public CameraRules withZones(List<Region> changed) {
        return new CameraRules(
                revision, changed, masks, minFaceSize, threshold, inferenceBudget, schedule);
    }

    public CameraRules withMasks(List<Region> changed) {
        return new CameraRules(
                revision, zones, changed, minFaceSize, threshold, inferenceBudget, schedule);
    }

    public CameraRules withMinFaceSize(int changed) {
        return new CameraRules(
                revision, zones, masks, changed, threshold, inferenceBudget, schedule);
    }

    public CameraRules withThreshold(Optional<Float> changed) {
        return new CameraRules(
                revision, zones, masks, minFaceSize, changed, inferenceBudget, schedule);
    }

    public CameraRules withInferenceBudget(Optional<Float> changed) {
        return new CameraRules(revision, zones, masks, minFaceSize, threshold, changed, schedule);
    }

    public CameraRules withSchedule(Optional<Schedule> changed) {
        return new CameraRules(
                revision, zones, masks, minFaceSize, threshold, inferenceBudget, changed);
    }
}
