package io.facet.edge.outbox;

import io.facet.model.FaceEvent;

/** What is given up first when there is no room: the lowest, and of these the oldest. */
public enum Priority {
    /** Camera states, which the retained state of the agent repeats, and unknown faces. */
    LOW(0),
    /** Recognitions, their corrections and their retractions. */
    HIGH(1);

    private final int code;

    Priority(int code) {
        this.code = code;
    }

    /** As it is stored; never changed. */
    int code() {
        return code;
    }

    /** The priority of an event. */
    public static Priority of(FaceEvent event) {
        return switch (event) {
            case FaceEvent.CameraConnected _,
                    FaceEvent.CameraDisconnected _,
                    FaceEvent.UnknownSeen _ ->
                    LOW;
            case FaceEvent.Recognised _,
                    FaceEvent.RecognitionUpdated _,
                    FaceEvent.RecognitionRetracted _ ->
                    HIGH;
        };
    }
}
