package io.facet.hub.people;

import io.facet.model.Person;
import java.util.List;

/** Some of all people, oldest first; {@code total} counts all. */
public record PersonPage(List<Entry> people, long offset, long total) {
    public PersonPage {
        people = List.copyOf(people);
    }

    /** A person and how many faces of them are enrolled. */
    public record Entry(Person person, long faces) {}
}
