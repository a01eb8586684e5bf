package io.facet.update;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a release, or a model pack, is made of; this is what is signed.
 *
 * @param product {@code facet-edge}, {@code facet-hub} or {@link #MODELS}
 * @param version a {@link Version}; of models the pack's name
 * @param architecture Debian's name: {@code amd64}, {@code arm64}; of models {@link #EVERY_MACHINE}
 * @param files every file; no two have one path
 */
public record Manifest(
        String product, String version, String architecture, List<ReleaseFile> files) {
    /** A release is not larger than this, unpacked. */
    public static final long MOST_BYTES = 2L << 30;

    /** The product of a model pack. */
    public static final String MODELS = "facet-models";

    /** The architecture of what runs on all of them. */
    public static final String EVERY_MACHINE = "all";

    private static final int MOST_FILES = 20_000;

    public Manifest {
        files = List.copyOf(files);
        if (!product.matches("facet-[a-z]{1,16}") || !architecture.matches("[a-z0-9]{1,16}")) {
            throw new IllegalArgumentException("the manifest names no product of Facet's");
        }
        if (!product.equals(MODELS)) {
            new Version(version);
        } else if (!version.matches("[a-z0-9][a-z0-9_-]{0,63}")
                || !architecture.equals(EVERY_MACHINE)) {
            throw new IllegalArgumentException("the manifest names no model pack");
        }
        Set<String> paths = new HashSet<>();
        files.forEach(file -> paths.add(file.path()));
        if (files.isEmpty() || files.size() > MOST_FILES || paths.size() != files.size()) {
            throw new IllegalArgumentException("the manifest's list of files cannot be");
        }
        if (files.stream().mapToLong(ReleaseFile::size).sum() > MOST_BYTES) {
            throw new IllegalArgumentException("the release is too large");
        }
    }

    /** Parsed, so that releases compare; a model pack has none. */
    public Version parsedVersion() {
        return new Version(version);
    }

    /**
     * One file.
     *
     * @param path with slashes, relative, without dots as a part
     * @param sha256 of its content, lower-case hexadecimal
     */
    public record ReleaseFile(String path, String sha256, long size, boolean executable) {
        private static final Pattern PATH =
                Pattern.compile(
                        "(?!.*(?:^|/)\\.{1,2}(?:/|$))[A-Za-z0-9._+~-]+(?:/[A-Za-z0-9._+~-]+)*");
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

        public ReleaseFile {
            if (path.length() > 500 || !PATH.matcher(path).matches()) {
                throw new IllegalArgumentException("the manifest has a path that may not be");
            }
            if (!HASH.matcher(sha256).matches() || size < 0 || size > MOST_BYTES) {
                throw new IllegalArgumentException("the manifest is wrong about " + path);
            }
        }
    }
}
