@NullMarked
package io.facet.hub.live.conformance;

import org.jspecify.annotations.NullMarked;
