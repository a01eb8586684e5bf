package io.facet.hub.people;

import io.facet.model.PersonId;
import java.util.Optional;

/** Consents at rest, encrypted under their person's key. Thread-safe. */
public interface ConsentStore {
    Optional<Consent> get(PersonId person);

    /** Stores one; false when there is no such person. */
    boolean put(PersonId person, Consent consent);
}
