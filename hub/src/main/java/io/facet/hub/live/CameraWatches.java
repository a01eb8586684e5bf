package io.facet.hub.live;

import io.facet.hub.api.json.CameraJson;
import io.facet.hub.cameras.LiveFrame;
import io.facet.hub.cameras.LiveFrames;
import io.facet.hub.live.socketio.Outgoing;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.live.socketio.SocketPacket;
import io.facet.model.CameraId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who looks at which camera. The box is asked for pictures while anybody does, once however many
 * they are; a picture for which a viewer's line is not free is dropped for that viewer.
 * Thread-safe.
 */
final class CameraWatches implements AutoCloseable {
    private static final LiveFrames.Wish WISH = new LiveFrames.Wish(10, 960, false);

    private final LiveFrames frames;
    private final Map<CameraId, Watched> watched = new HashMap<>();

    CameraWatches(LiveFrames frames) {
        this.frames = frames;
    }

    private record Watched(LiveFrames.Watch watch, Set<Socket> viewers) {}

    /** Starts showing a camera to a viewer; again changes nothing. */
    synchronized void watch(CameraId camera, Socket viewer) {
        Watched now = watched.get(camera);
        if (now == null) {
            now = new Watched(frames.watch(camera, WISH, this::show), new HashSet<>());
            watched.put(camera, now);
        }
        now.viewers().add(viewer);
    }

    void unwatch(CameraId camera, Socket viewer) {
        List<LiveFrames.Watch> ended = new ArrayList<>();
        synchronized (this) {
            Watched now = watched.get(camera);
            if (now != null && now.viewers().remove(viewer) && now.viewers().isEmpty()) {
                watched.remove(camera);
                ended.add(now.watch());
            }
        }
        ended.forEach(LiveFrames.Watch::close);
    }

    private void show(LiveFrame frame) {
        List<Socket> viewers = viewers(frame.camera());
        if (viewers.isEmpty()) {
            return;
        }
        Outgoing event = Outgoing.event(SocketPacket.MAIN, "camera_frame", CameraJson.frame(frame));
        viewers.forEach(viewer -> viewer.sendVolatile(event));
    }

    private synchronized List<Socket> viewers(CameraId camera) {
        Watched now = watched.get(camera);
        return now == null ? List.of() : List.copyOf(now.viewers());
    }

    @Override
    public void close() {
        List<Watched> all;
        synchronized (this) {
            all = List.copyOf(watched.values());
            watched.clear();
        }
        all.forEach(each -> each.watch().close());
    }
}
