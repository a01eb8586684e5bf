package io.facet.hub.watchlists;

import io.facet.model.CameraId;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Which lists a recognition matches; answers from memory. Thread-safe. */
public interface WatchlistMatches {
    /** The lists in force that look at the place and are sure enough of the person. */
    List<WatchlistRef> matches(Sighting sighting);

    /** Present names and colours; lists that are gone are left out. */
    List<WatchlistRef> named(Collection<WatchlistId> ids);

    /** Somebody recognised somewhere. */
    record Sighting(PersonId person, CameraId camera, SiteId site, float confidence, Instant at) {}
}
