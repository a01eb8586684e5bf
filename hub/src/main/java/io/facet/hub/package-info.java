/** The hub: wires people, events, cameras, index and APIs. */
@NullMarked
package io.facet.hub;

import org.jspecify.annotations.NullMarked;
