package io.facet.edge.up;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a first look at Facet shows.
 *
 * @param origin where it comes from and under which terms, for people
 * @param name what the enrolled person is called
 * @param likeness what the person is enrolled from, for people: "another clip"
 * @param portraits pictures or clips of that person, other than what the camera sees
 * @param camera what plays as the camera
 */
record DemoMaterial(String origin, String name, String likeness, List<Path> portraits, URI camera) {
    DemoMaterial {
        portraits = List.copyOf(portraits);
    }
}
