package io.facet.edge.track;

import io.facet.model.Box;
import io.facet.model.TrackId;
import io.facet.vision.detect.DetectedFace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Follows the faces of one camera, after ByteTrack (Zhang et al. 2022): a Kalman filter says where
 * each track should be, then tracks and detections are paired in three rounds, each optimal in
 * itself:
 *
 * <ol>
 *   <li>strong detections by overlap;
 *   <li>weak detections by overlap, so that a turned or blurred face keeps its track;
 *   <li>strong detections left over by nearness, the farther the longer a track was out of sight.
 * </ol>
 *
 * Strong detections left over begin tracks. A track ends when it has been out of sight for longer
 * than the gap, at once when it was never confirmed. One thread; allocates only for new tracks.
 */
public final class Tracker {
    private static final double MIN_IOU_STRONG = 0.2;
    private static final double MIN_IOU_WEAK = 0.4;
    private static final double MAX_SIZE_CHANGE = 1.7;
    private static final double REACH = 0.6;
    private static final double REACH_PER_SECOND = 1.2;

    private final TrackerSettings settings;
    private final long maxGapNanos;
    private final Supplier<TrackId> ids;
    private final Assignment assignment = new Assignment();
    private final List<Track> tracks = new ArrayList<>();
    private final List<Track> ended = new ArrayList<>();
    private final List<Track> rowTracks = new ArrayList<>();
    private int[] columnFaces = new int[8];
    private boolean[] taken = new boolean[8];
    private double[] cost = new double[64];
    private int[] columnOf = new int[8];

    public Tracker(TrackerSettings settings, Supplier<TrackId> ids) {
        this.settings = settings;
        this.maxGapNanos = settings.maxGap().toNanos();
        this.ids = ids;
    }

    /**
     * Takes the detections of a frame.
     *
     * @param nanos capture time on the monotonic clock; ascends from call to call
     */
    public void update(List<DetectedFace> faces, long nanos) {
        ended.clear();
        reserve(faces.size());
        Arrays.fill(taken, 0, faces.size(), false);
        for (Track track : tracks) {
            track.predict(nanos);
        }
        pair(faces, Round.STRONG);
        pair(faces, Round.WEAK);
        pair(faces, Round.NEAR);
        end(nanos);
        begin(faces, nanos);
    }

    /** Every track that has not ended, confirmed or not; valid until the next update. */
    public List<Track> tracks() {
        return Collections.unmodifiableList(tracks);
    }

    /** The confirmed tracks that the last update ended; valid until the next one. */
    public List<Track> ended() {
        return Collections.unmodifiableList(ended);
    }

    /** Ends every track, as when the camera goes away; {@link #ended} has them. */
    public void endAll() {
        ended.clear();
        for (Track track : tracks) {
            if (track.confirmed()) {
                ended.add(track);
            }
        }
        tracks.clear();
    }

    /** Ends a track and begins another where it was, as when the face turns out to be another. */
    public Track split(Track track) {
        Track fresh = new Track(ids.get(), track.face(), track.lastSeenNanos());
        fresh.confirm();
        tracks.set(tracks.indexOf(track), fresh);
        return fresh;
    }

    /** Forgets a track without ending it, as when another one turns out to continue it. */
    public void remove(Track track) {
        tracks.remove(track);
    }

    private enum Round {
        STRONG,
        WEAK,
        NEAR
    }

    private void pair(List<DetectedFace> faces, Round round) {
        rowTracks.clear();
        for (Track track : tracks) {
            if (!track.seenNow()) {
                rowTracks.add(track);
            }
        }
        int columns = 0;
        for (int i = 0; i < faces.size(); i++) {
            boolean strong = faces.get(i).score() >= settings.highScore();
            if (!taken[i] && strong == (round != Round.WEAK)) {
                columnFaces[columns++] = i;
            }
        }
        if (columns > 0 && !rowTracks.isEmpty()) {
            assign(faces, columns, round);
        }
    }

    private void assign(List<DetectedFace> faces, int columns, Round round) {
        int rows = rowTracks.size();
        if (cost.length < rows * columns) {
            cost = new double[2 * rows * columns];
        }
        if (columnOf.length < rows) {
            columnOf = new int[2 * rows];
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                Box box = faces.get(columnFaces[column]).box();
                cost[row * columns + column] = cost(rowTracks.get(row), box, round);
            }
        }
        assignment.solve(cost, rows, columns, columnOf);
        for (int row = 0; row < rows; row++) {
            if (columnOf[row] >= 0) {
                int face = columnFaces[columnOf[row]];
                taken[face] = true;
                rowTracks.get(row).see(faces.get(face), settings.birthHits());
            }
        }
    }

    private static double cost(Track track, Box box, Round round) {
        if (round == Round.NEAR) {
            double change = track.sizeRatio(box);
            double distance = track.distance(box);
            boolean reachable =
                    change < MAX_SIZE_CHANGE
                            && change > 1 / MAX_SIZE_CHANGE
                            && distance < REACH + REACH_PER_SECOND * track.gapSeconds();
            return reachable ? distance : Assignment.FORBIDDEN;
        }
        double iou = track.iou(box);
        double least = round == Round.STRONG ? MIN_IOU_STRONG : MIN_IOU_WEAK;
        return iou >= least ? 1 - iou : Assignment.FORBIDDEN;
    }

    private void end(long nanos) {
        for (int i = tracks.size() - 1; i >= 0; i--) {
            Track track = tracks.get(i);
            boolean lost = nanos - track.lastSeenNanos() > maxGapNanos;
            boolean flicker = !track.confirmed() && !track.seenNow();
            if (lost || flicker) {
                tracks.remove(i);
                if (track.confirmed()) {
                    ended.add(track);
                }
            }
        }
    }

    private void begin(List<DetectedFace> faces, long nanos) {
        for (int i = 0; i < faces.size(); i++) {
            if (!taken[i] && faces.get(i).score() >= settings.highScore()) {
                Track track = new Track(ids.get(), faces.get(i), nanos);
                if (settings.birthHits() == 1) {
                    track.confirm();
                }
                tracks.add(track);
            }
        }
    }

    private void reserve(int faces) {
        if (taken.length < faces) {
            taken = new boolean[2 * faces];
            columnFaces = new int[2 * faces];
        }
    }
}
