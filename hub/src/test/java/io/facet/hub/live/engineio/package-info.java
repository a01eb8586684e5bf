@NullMarked
package io.facet.hub.live.engineio;

import org.jspecify.annotations.NullMarked;
