package io.facet.hub.events;

import io.facet.model.CameraId;
import io.facet.model.PersonId;
import java.util.Collection;
import java.util.Map;

/** Present names of what events only name by id; those without one are left out. Thread-safe. */
public interface Names {
    Map<PersonId, String> people(Collection<PersonId> ids);

    /** Removed cameras keep their name. */
    Map<CameraId, String> cameras(Collection<CameraId> ids);
}
