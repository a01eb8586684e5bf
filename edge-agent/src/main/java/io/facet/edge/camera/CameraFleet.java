package io.facet.edge.camera;

import io.facet.model.Camera;
import java.util.List;

/** Runs the cameras of this box. Thread-safe. */
public interface CameraFleet extends AutoCloseable {
    /**
     * Makes exactly these cameras run: new ones start, missing ones stop, changed ones restart,
     * unchanged ones go on undisturbed, also when their rules have changed. Returns without waiting
     * for any camera.
     */
    void desire(List<Camera> cameras);

    /** The state of every desired camera, in that order. */
    List<CameraStatus> statuses();

    /** Calls the listener, from any thread, soon after the state of a camera has changed. */
    void onChange(Runnable listener);

    /** Live pictures of the cameras. */
    LiveView live();

    /** Stops every camera, ends and reports its tracks. */
    @Override
    void close();
}
