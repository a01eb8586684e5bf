package io.facet.hub.people;

import java.util.List;

/** Some of all faces, oldest first; {@code total} counts all. */
public record FacePage(List<Face> faces, long offset, long total) {
    public FacePage {
        faces = List.copyOf(faces);
    }
}
