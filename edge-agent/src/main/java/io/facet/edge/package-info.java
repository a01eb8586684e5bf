/** The edge agent: wires capture, tracking, matching and uplink. */
@NullMarked
package io.facet.edge;

import org.jspecify.annotations.NullMarked;
