/** Tests of the uplink. */
@NullMarked
package io.facet.edge.uplink;

import org.jspecify.annotations.NullMarked;
