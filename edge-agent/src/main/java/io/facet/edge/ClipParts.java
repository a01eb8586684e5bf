package io.facet.edge;

import io.facet.edge.clip.ClipSpool;
import io.facet.edge.clip.ClipStudio;
import io.facet.edge.uplink.ClipPump;
import java.util.Map;

/** What makes, keeps and sends films around events. */
record ClipParts(ClipSpool spool, ClipStudio studio, ClipPump pump) {
    /** For the health page. */
    Map<String, Object> state() {
        ClipSpool.Stats stats = spool.stats();
        return Map.of(
                "waiting", stats.waiting(),
                "bytes", stats.bytes(),
                "dropped", stats.dropped() + studio.dropped(),
                "refused", pump.refused());
    }
}
