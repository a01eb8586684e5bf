package io.facet.packaging;

import java.util.Map;

/** The two packages. */
enum Role {
    EDGE(
            "edge-agent",
            "Facet's agent for the box beside the cameras",
            ", libxcb1, libxcb-shm0, libasound2 | libasound2t64, libpulse0,"
                    + " libfontconfig1, fonts-dejavu-core",
            "-Xmx256m\n-XX:+UseSerialGC\n"),
    HUB(
            "hub",
            "Facet's hub: people, index, events, fleet and the page",
            "",
            "-Xmx768m\n-XX:+UseG1GC\n");

    private final String module;
    private final String summary;
    private final String depends;
    private final String memory;

    Role(String module, String summary, String depends, String memory) {
        this.module = module;
        this.summary = summary;
        this.depends = depends;
        this.memory = memory;
    }

    /** {@code edge} or {@code hub}. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The Maven module with the jars. */
    String module() {
        return module;
    }

    /** JVM options of a release, one a line; an operator's own come after them. */
    String jvmOptions() {
        return memory
                + """
                --add-modules=jdk.incubator.vector
                --enable-native-access=ALL-UNNAMED
                -Dfile.encoding=UTF-8
                -Djava.awt.headless=true
                -XX:+ExitOnOutOfMemoryError
                """;
    }

    /** What the templates hold places for. */
    Map<String, String> words() {
        return Map.of(
                "ROLE",
                label(),
                "SUMMARY",
                summary,
                "DEPENDS",
                depends,
                "JVM_VARIABLE",
                "FACET_" + name() + "_JVM");
    }
}
