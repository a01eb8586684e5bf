package io.facet.edge.up;

import java.util.Optional;

/** Somewhere demo material may be had. */
@FunctionalInterface
interface DemoSource {
    /** Material that is whole and on this machine; empty when it cannot be had, having said why. */
    Optional<DemoMaterial> find();
}
