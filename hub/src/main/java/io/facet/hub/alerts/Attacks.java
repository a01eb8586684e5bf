package io.facet.hub.alerts;

import io.facet.model.FaceEvent;
import io.facet.model.Liveness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** Presentation attacks of the last minutes by place; the newest thousand. Thread-safe. */
final class Attacks {
    /** What an agent gives as reason when it takes a name back because of its liveness check. */
    private static final String RETRACTED = "liveness check failed";

    private static final int MOST = 1000;

    private final Duration window;
    private final InstantSource clock;
    private final Deque<Attack> attacks = new ArrayDeque<>();

    Attacks(Duration window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    private record Attack(String place, Instant at) {}

    /** Counts an event that tells of an attack. */
    void look(FaceEvent event) {
        boolean attack =
                switch (event) {
                    case FaceEvent.Recognised e -> failed(e.sighting());
                    case FaceEvent.RecognitionUpdated e -> failed(e.sighting());
                    case FaceEvent.UnknownSeen e -> failed(e.sighting());
                    case FaceEvent.RecognitionRetracted e -> e.reason().equals(RETRACTED);
                    case FaceEvent.CameraConnected _, FaceEvent.CameraDisconnected _ -> false;
                };
        if (attack) {
            add(event.header().camera().toString());
        }
    }

    private static boolean failed(FaceEvent.Sighting sighting) {
        return sighting.liveness() instanceof Liveness.Performed performed
                && performed.verdict() == Liveness.Verdict.SPOOF;
    }

    synchronized void add(String place) {
        attacks.add(new Attack(place, clock.instant()));
        if (attacks.size() > MOST) {
            attacks.remove();
        }
    }

    synchronized Map<String, Integer> counts() {
        Instant from = clock.instant().minus(window);
        attacks.removeIf(attack -> attack.at().isBefore(from));
        Map<String, Integer> counts = new TreeMap<>();
        attacks.forEach(attack -> counts.merge(attack.place(), 1, Integer::sum));
        return counts;
    }
}
