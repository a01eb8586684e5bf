package io.facet.edge.up;

import io.facet.cli.client.HubClient.Answer;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.CameraSource;
import io.facet.model.Jpeg;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Prepares the demo: finds material, enrols its person from other pictures, gives the camera. */
final class Demo {
    private static final int FACES_WANTED = 3;

    private final DemoSource sources;
    private final LocalHub hub;
    private final Stills stills;
    private final Consumer<String> say;

    Demo(DemoSource sources, LocalHub hub, Stills stills, Consumer<String> say) {
        this.sources = sources;
        this.hub = hub;
        this.stills = stills;
        this.say = say;
    }

    /** Enrols whom the camera will show, and gives the camera's address. */
    String prepare() {
        DemoMaterial material =
                sources.find()
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.UNAVAILABLE,
                                        "no demo material can be had here; name a camera:"
                                                + " ./facet up --camera FILE|rtsp://..."));
        say.accept("the demo shows " + material.origin());
        if (!hub.knows(material.name())) {
            enrol(material);
        }
        return material.camera().toString();
    }

    /** A camera as people name it: an address, a device, or a file of this machine. */
    static String address(String source) {
        if (source.contains("://") || source.startsWith("/dev/video")) {
            return source;
        }
        Path file = Path.of(source);
        if (!Files.exists(file)) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "there is no file "
                            + source
                            + "; a camera is an address, /dev/videoN or a file");
        }
        return file.toAbsolutePath().normalize().toUri().toString();
    }

    /** What a camera without a name of its own is called: its address, without passwords. */
    static String shown(String address) {
        return address.contains("://") ? CameraSource.withoutSecrets(URI.create(address)) : address;
    }

    /** The hub refuses poor pictures, so stills are offered until enough are taken. */
    private void enrol(DemoMaterial material) {
        String name = material.name();
        int taken = 0;
        for (Path portrait : material.portraits()) {
            for (Jpeg still : stills.of(portrait)) {
                if (taken < FACES_WANTED
                        && hub.client()
                                        .register(
                                                name, still.bytes(), Map.of("on_duplicate", "link"))
                                instanceof Answer.Done) {
                    taken++;
                }
            }
        }
        if (taken == 0) {
            throw new FacetException(
                    ErrorCode.QUALITY_TOO_LOW, "no still of the demo was good enough to enrol");
        }
        say.accept(
                "enrolled "
                        + name
                        + " with "
                        + taken
                        + (taken == 1 ? " face" : " faces")
                        + " from "
                        + material.likeness());
    }
}
