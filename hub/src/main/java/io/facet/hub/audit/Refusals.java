package io.facet.hub.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How many refusals of one caller are written down: the first hundred of ten minutes each, of the
 * others their number. Whoever asks again and again for what they may not have fills neither the
 * disk nor the queue that everybody's reads wait in, and the log says that and how often they did.
 * The ten thousand callers refused last are remembered. Thread-safe.
 */
final class Refusals {
    static final int MOST = 100;
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** Written when the first refusal of a window is left out. */
    static final String FROM_HERE = "refusals left out from here";

    /** Begins what is written with the first refusal after such a window. */
    static final String COUNTED = "refusals left out: ";

    private static final int MOST_CALLERS = 10_000;
    private static final String OUTCOME = "rate_limited";

    private final Map<String, Window> windows =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                    return size() > MOST_CALLERS;
                }
            };

    /** Refusals since a moment. */
    private record Window(Instant since, long count) {
        Window next() {
            return new Window(since, count + 1);
        }

        boolean holds(Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(WINDOW));
        }

        long leftOut() {
            return Math.max(0, count - MOST);
        }
    }

    /** What is to be written of a refusal: itself, a note, both, or nothing. */
    synchronized List<AuditEntry> admit(AuditEntry refusal) {
        Optional<Window> last = Optional.ofNullable(windows.get(refusal.actor()));
        Window window =
                last.filter(w -> w.holds(refusal.at()))
                        .orElseGet(() -> new Window(refusal.at(), 0))
                        .next();
        windows.put(refusal.actor(), window);
        if (window.count() > MOST) {
            return window.count() == MOST + 1 ? List.of(about(refusal, FROM_HERE)) : List.of();
        }
        long leftOut = window.count() == 1 ? last.map(Window::leftOut).orElse(0L) : 0;
        return leftOut == 0
                ? List.of(refusal)
                : List.of(about(refusal, COUNTED + leftOut), refusal);
    }

    private static AuditEntry about(AuditEntry refusal, String what) {
        return new AuditEntry(
                UUID.randomUUID(),
                refusal.at(),
                refusal.actor(),
                refusal.role(),
                what,
                List.of(),
                OUTCOME);
    }
}
