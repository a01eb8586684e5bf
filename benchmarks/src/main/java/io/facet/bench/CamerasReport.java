package io.facet.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench pipeline --cameras N} found: so many cameras in real time, sharing the cores.
 *
 * @param rounds how often the clip was begun, each time with new visits, over all cameras
 * @param peoplePerRound of the clip, all enrolled: each is to be named once a round
 * @param named visits that were given a name
 * @param timeToNameP95Seconds from the capture of a visit's first good look to its event
 * @param inViewToNameP95Seconds from the capture of the round's first frame, which shows everybody
 *     in the usual clip
 * @param loadAverage of the machine over the last minute, when the measurement ended; -1 where the
 *     system does not say
 * @param residentMb memory of the process at the end, in MB of 10^6 bytes
 */
record CamerasReport(
        String pack,
        String clip,
        String frameSize,
        double frameRate,
        int cameras,
        int cores,
        double seconds,
        long rounds,
        int peoplePerRound,
        long named,
        @JsonProperty("time_to_name_p50_seconds") double timeToNameP50Seconds,
        @JsonProperty("time_to_name_p95_seconds") double timeToNameP95Seconds,
        @JsonProperty("in_view_to_name_p50_seconds") double inViewToNameP50Seconds,
        @JsonProperty("in_view_to_name_p95_seconds") double inViewToNameP95Seconds,
        List<PerCamera> perCamera,
        double loadAverage,
        double residentMb) {
    CamerasReport {
        perCamera = List.copyOf(perCamera);
    }

    /** One camera's frames and names. */
    record PerCamera(
            String camera,
            long framesRead,
            long framesAnalysed,
            long framesShed,
            double framesAnalysedPerSecond,
            long named) {}

    String describe() {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                """
                                %d cameras: %s scaled to %s at %.0f frames a second, pack %s, %d cores
                                  first good look to event   p50 %.3f s, p95 %.3f s (%d of %d visits named)
                                  in view to event           p50 %.3f s, p95 %.3f s
                                  load average               %.1f
                                  resident                   %.0f MB
                                """,
                                cameras,
                                clip,
                                frameSize,
                                frameRate,
                                pack,
                                cores,
                                timeToNameP50Seconds,
                                timeToNameP95Seconds,
                                named,
                                rounds * peoplePerRound,
                                inViewToNameP50Seconds,
                                inViewToNameP95Seconds,
                                loadAverage,
                                residentMb));
        for (PerCamera camera : perCamera) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-26s %d frames, %d analysed (%.1f a second), %d shed, %d named%n",
                            camera.camera(),
                            camera.framesRead(),
                            camera.framesAnalysed(),
                            camera.framesAnalysedPerSecond(),
                            camera.framesShed(),
                            camera.named()));
        }
        return text.toString();
    }
}
