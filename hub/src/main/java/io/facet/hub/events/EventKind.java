package io.facet.hub.events;

import io.facet.model.FaceEvent;
import java.util.Locale;

/** The kinds of stored events; {@link #wireName} is the name of the brief. */
public enum EventKind {
    FACE_RECOGNIZED,
    RECOGNITION_UPDATED,
    RECOGNITION_RETRACTED,
    UNKNOWN_SEEN,
    CAMERA_CONNECTED,
    CAMERA_DISCONNECTED;

    /** The kind of an event. */
    public static EventKind of(FaceEvent event) {
        return switch (event) {
            case FaceEvent.Recognised _ -> FACE_RECOGNIZED;
            case FaceEvent.RecognitionUpdated _ -> RECOGNITION_UPDATED;
            case FaceEvent.RecognitionRetracted _ -> RECOGNITION_RETRACTED;
            case FaceEvent.UnknownSeen _ -> UNKNOWN_SEEN;
            case FaceEvent.CameraConnected _ -> CAMERA_CONNECTED;
            case FaceEvent.CameraDisconnected _ -> CAMERA_DISCONNECTED;
        };
    }

    /** snake_case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
