/** Benches that print quality beside speed and a ratio to a bound or a peer. */
@NullMarked
package io.facet.bench;

import org.jspecify.annotations.NullMarked;
