package io.facet.vision.pipeline;

import java.time.Duration;
import java.util.Locale;

/** Told how the stages of a pipeline do. Called on the thread of the stage; must not block. */
public interface StageObserver {
    /** Hears nothing. */
    StageObserver NONE =
            new StageObserver() {
                @Override
                public void ran(Stage stage, int items, Duration took) {}

                @Override
                public void attackSeen() {}
            };

    /** A stage ran once over some items: pictures for the detector, faces for the others. */
    void ran(Stage stage, int items, Duration took);

    /** The liveness check took a face for a presentation attack. */
    void attackSeen();

    /** The stages that cost time. */
    enum Stage {
        DETECT,
        QUALITY,
        LIVENESS,
        EMBED,
        EXPRESSION;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
