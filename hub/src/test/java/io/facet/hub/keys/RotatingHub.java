package io.facet.hub.keys;

import io.facet.hub.testing.DevHub;
import java.nio.file.Path;

/** A hub that rotates its master key for ever, until it is killed. */
final class RotatingHub {
    private RotatingHub() {}

    public static void main(String[] args) {
        try (DevHub hub = DevHub.in(Path.of(args[0]))) {
            while (true) {
                long count = hub.services().safeguards().rotation().rotate();
                System.out.println("rotated " + count);
                System.out.flush();
            }
        }
    }
}
