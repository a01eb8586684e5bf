package io.facet.edge.clip;

import io.facet.model.EventId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The last seconds of one camera, and which of them are to be kept. Holds pictures as far back as
 * films reach, and no more bytes than it may: the oldest go. One thread.
 */
public final class ClipReel {
    /** Visits that may wait for the end of their films at one time. */
    static final int MOST_WAITING = 32;

    private final ClipSettings settings;
    private final Deque<ClipPicture> pictures = new ArrayDeque<>();
    private final List<Window> windows = new ArrayList<>();
    private long bytes;

    private record Window(EventId event, long from, long until) {}

    public ClipReel(ClipSettings settings) {
        this.settings = settings;
    }

    /** Adds the newest picture; the films that are complete with it. */
    public List<ClipCut> add(ClipPicture picture) {
        pictures.addLast(picture);
        bytes += picture.jpeg().bytes().length;
        List<ClipCut> cuts = complete(picture.nanos());
        long oldest = picture.nanos() - settings.reach().toNanos();
        while (pictures.size() > 1
                && (bytes > settings.memoryBytes() || pictures.getFirst().nanos() < oldest)) {
            bytes -= pictures.removeFirst().jpeg().bytes().length;
        }
        return cuts;
    }

    /**
     * Asks for the film around an event. When its moment is no longer held, as at the end of a long
     * visit, the film begins with the oldest picture there is.
     *
     * @param moment by the clock of {@link ClipPicture#nanos}
     * @return whether the film will be made; not when too many are waited for
     */
    public boolean ask(EventId event, long moment) {
        if (windows.size() == MOST_WAITING) {
            return false;
        }
        long at = moment;
        if (!pictures.isEmpty() && pictures.getFirst().nanos() > moment) {
            at = pictures.getFirst().nanos() + settings.before().toNanos();
        }
        windows.add(
                new Window(
                        event, at - settings.before().toNanos(), at + settings.after().toNanos()));
        return true;
    }

    /** No more pictures for now, and none of before: the films of what there is. */
    public List<ClipCut> end() {
        List<ClipCut> cuts = complete(Long.MAX_VALUE);
        forget();
        return cuts;
    }

    /** Forgets every picture; films asked for go on with those to come. */
    public void forget() {
        pictures.clear();
        bytes = 0;
    }

    /** Bytes of pictures held. */
    long bytes() {
        return bytes;
    }

    private List<ClipCut> complete(long now) {
        List<ClipCut> cuts = new ArrayList<>();
        for (Iterator<Window> each = windows.iterator(); each.hasNext(); ) {
            Window window = each.next();
            if (window.until() <= now) {
                each.remove();
                cut(window, cuts);
            }
        }
        return cuts;
    }

    private void cut(Window window, List<ClipCut> cuts) {
        List<ClipPicture> within =
                pictures.stream()
                        .filter(p -> p.nanos() >= window.from() && p.nanos() <= window.until())
                        .toList();
        if (!within.isEmpty()) {
            cuts.add(new ClipCut(window.event(), within, settings.period()));
        }
    }
}
